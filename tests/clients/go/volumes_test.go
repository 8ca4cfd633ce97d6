package clients

import (
	"net/http"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/blockstorage/v3/volumes"
	"github.com/gophercloud/gophercloud/v2/openstack/compute/v2/instanceactions"
	"github.com/gophercloud/gophercloud/v2/openstack/compute/v2/servers"
	"github.com/gophercloud/gophercloud/v2/openstack/compute/v2/volumeattach"
)

// attached tells what the server has, by its own words and by its list of attachments.
func attached(t *testing.T, compute *gophercloud.ServiceClient, server string) map[string]bool {
	t.Helper()
	shown, err := servers.Get(t.Context(), compute, server).Extract()
	check(t, err)
	found := map[string]bool{}
	for _, volume := range shown.AttachedVolumes {
		found[volume.ID] = true
	}
	pages, err := volumeattach.List(compute, server).AllPages(t.Context())
	check(t, err)
	listed, err := volumeattach.ExtractVolumeAttachments(pages)
	check(t, err)
	for _, attachment := range listed {
		if !found[attachment.VolumeID] {
			t.Fatalf("the server does not show %s", attachment.VolumeID)
		}
	}
	if len(listed) != len(found) {
		t.Fatalf("%d in the list, %d in the server", len(listed), len(found))
	}
	return found
}

func TestAVolumeIsAttachedAndDetached(t *testing.T) {
	c := start(t)
	server, free := c.about.ServerID, c.about.FreeVolumeID
	made, err := volumeattach.Create(t.Context(), c.compute, server, volumeattach.CreateOpts{VolumeID: free}).Extract()
	check(t, err)
	if made.Device != "/dev/sdc" || made.VolumeID != free {
		t.Fatalf("%+v", made)
	}
	volume := c.volume(t, free, "in-use")
	if len(volume.Attachments) != 1 || volume.Attachments[0].ServerID != server || !attached(t, c.compute, server)[free] {
		t.Fatalf("%+v", volume)
	}
	one, err := volumeattach.Get(t.Context(), c.compute, server, free).Extract()
	check(t, err)
	if one.Device != volume.Attachments[0].Device {
		t.Fatalf("%+v", one)
	}

	check(t, volumeattach.Delete(t.Context(), c.compute, server, free).ExtractErr())
	volume = c.volume(t, free, "available")
	if len(volume.Attachments) != 0 || attached(t, c.compute, server)[free] {
		t.Fatalf("%+v", volume)
	}
	err = volumeattach.Delete(t.Context(), c.compute, server, free).ExtractErr()
	refused(t, err, http.StatusNotFound, "is not attached to volume")
}

func TestListsByNameAndRegion(t *testing.T) {
	c := start(t)
	for _, region := range []string{c.about.RegionName, c.about.OtherRegionName} {
		compute, storage := c.services(t, region)
		pages, err := servers.List(compute, servers.ListOpts{Name: "^web-1$"}).AllPages(t.Context())
		check(t, err)
		found, err := servers.ExtractServers(pages)
		check(t, err)
		if len(found) != 1 || (found[0].ID == c.about.ServerID) != (region == c.about.RegionName) {
			t.Fatalf("%s: %+v", region, found)
		}
		// Page by page.
		pages, err = volumes.List(storage, volumes.ListOpts{Limit: 1}).AllPages(t.Context())
		check(t, err)
		all, err := volumes.ExtractVolumes(pages)
		check(t, err)
		if len(all) != 3 {
			t.Fatalf("%s: %+v", region, all)
		}
		pages, err = volumes.List(storage, volumes.ListOpts{Name: "spare-1"}).AllPages(t.Context())
		check(t, err)
		all, err = volumes.ExtractVolumes(pages)
		check(t, err)
		if len(all) != 1 || all[0].Status != "available" {
			t.Fatalf("%s: %+v", region, all)
		}
	}
}

func TestRefusalsAndADetachThatFails(t *testing.T) {
	c := start(t)
	server, volume := c.about.ServerID, c.about.VolumeID
	err := volumeattach.Delete(t.Context(), c.compute, server, c.about.RootVolumeID).ExtractErr()
	refused(t, err, http.StatusBadRequest, "root device")
	_, err = volumeattach.Create(t.Context(), c.compute, server, volumeattach.CreateOpts{VolumeID: volume}).Extract()
	refused(t, err, http.StatusBadRequest, "already attached")

	c.order(t, "/volumes/"+volume, `{"detach": "fails"}`)
	check(t, volumeattach.Delete(t.Context(), c.compute, server, volume).ExtractErr())
	c.volume(t, volume, "in-use")
	if !attached(t, c.compute, server)[volume] {
		t.Fatal("it is detached")
	}
	pages, err := instanceactions.List(c.compute, server, nil).AllPages(t.Context())
	check(t, err)
	actions, err := instanceactions.ExtractInstanceActions(pages)
	check(t, err)
	if actions[0].Action != "detach_volume" || actions[0].Message != "Error" {
		t.Fatalf("%+v", actions[0])
	}
}
