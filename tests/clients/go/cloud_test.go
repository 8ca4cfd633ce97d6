// Package clients runs gophercloud and Katapult's own client against katapult-sim.
package clients

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	"github.com/gophercloud/gophercloud/v2/openstack/blockstorage/v3/volumes"
)

// description is what the simulator prints first.
type description struct {
	AuthURL         string `json:"auth_url"`
	ControlURL      string `json:"control_url"`
	Username        string `json:"username"`
	Password        string `json:"password"`
	UserDomainName  string `json:"user_domain_name"`
	ProjectName     string `json:"project_name"`
	RegionName      string `json:"region_name"`
	OtherRegionName string `json:"other_region_name"`
	ServerID        string `json:"server_id"`
	VolumeID        string `json:"volume_id"`
	RootVolumeID    string `json:"root_volume_id"`
	FreeVolumeID    string `json:"free_volume_id"`

	KatapultURL    string `json:"katapult_url"`
	APIToken       string `json:"api_token"`
	ReadOnlyToken  string `json:"read_only_token"`
	Organization   string `json:"organization"`
	VirtualMachine struct {
		ID   string `json:"id"`
		FQDN string `json:"fqdn"`
	} `json:"virtual_machine"`
	OtherOrganization struct {
		APIToken string `json:"api_token"`
	} `json:"other_organization"`
}

type cloud struct {
	about    description
	compute  *gophercloud.ServiceClient
	storage  *gophercloud.ServiceClient
	provider *gophercloud.ProviderClient
}

// start runs a simulator until the test ends, and logs in to it.
func start(t *testing.T) cloud {
	t.Helper()
	command := exec.Command(os.Getenv("KATAPULT_SIM"), "--exit-with-stdin")
	input, err := command.StdinPipe()
	check(t, err)
	output, err := command.StdoutPipe()
	check(t, err)
	check(t, command.Start())
	t.Cleanup(func() {
		_ = input.Close()
		_ = command.Wait()
	})
	line, err := bufio.NewReader(output).ReadBytes('\n')
	check(t, err)
	var c cloud
	check(t, json.Unmarshal(line, &c.about))
	c.provider, err = openstack.AuthenticatedClient(t.Context(), gophercloud.AuthOptions{
		IdentityEndpoint: c.about.AuthURL,
		Username:         c.about.Username,
		Password:         c.about.Password,
		DomainName:       c.about.UserDomainName,
		TenantName:       c.about.ProjectName,
	})
	check(t, err)
	c.compute, c.storage = c.services(t, c.about.RegionName)
	return c
}

func (c cloud) services(t *testing.T, region string) (compute, storage *gophercloud.ServiceClient) {
	t.Helper()
	where := gophercloud.EndpointOpts{Region: region}
	compute, err := openstack.NewComputeV2(c.provider, where)
	check(t, err)
	storage, err = openstack.NewBlockStorageV3(c.provider, where)
	check(t, err)
	return compute, storage
}

// order sends an order to the simulator.
func (c cloud) order(t *testing.T, path, body string) {
	t.Helper()
	response, err := http.Post(c.about.ControlURL+path, "application/json", strings.NewReader(body))
	check(t, err)
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		t.Fatalf("%s: %s", path, text)
	}
}

// volume waits until a volume has a status.
func (c cloud) volume(t *testing.T, id, status string) *volumes.Volume {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		volume, err := volumes.Get(ctx, c.storage, id).Extract()
		check(t, err)
		if volume.Status == status {
			return volume
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited too long for %s", what)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, status int, words string) {
	t.Helper()
	if !gophercloud.ResponseCodeIs(err, status) || !strings.Contains(err.Error(), words) {
		t.Fatalf("not %d with %q: %v", status, words, err)
	}
}
