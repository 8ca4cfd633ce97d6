module example.com/katapult-disk

go 1.21
