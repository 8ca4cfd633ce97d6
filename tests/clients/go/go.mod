module katapult-sim.example/clients

go 1.25.0

require (
	github.com/gophercloud/gophercloud/v2 v2.15.0
	github.com/krystal/go-katapult v0.2.13
)

require (
	github.com/augurysys/timestamp v0.3.2 // indirect
	github.com/globalsign/mgo v0.0.0-20181015135952-eeefdecb41b8 // indirect
	go.mongodb.org/mongo-driver v1.11.2 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
