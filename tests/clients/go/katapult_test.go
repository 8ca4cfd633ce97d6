package clients

import (
	"context"
	"errors"
	"net/url"
	"testing"

	"github.com/krystal/go-katapult"
	"github.com/krystal/go-katapult/core"
)

// api is Katapult's own client, with one of the tokens of the description.
func (c cloud) api(t *testing.T, token string) *core.Client {
	t.Helper()
	at, err := url.Parse(c.about.KatapultURL)
	check(t, err)
	at.Path = ""
	client, err := katapult.New(katapult.WithAPIKey(token), katapult.WithBaseURL(at))
	check(t, err)
	return core.New(client)
}

func TestAMachineIsReadAsKatapultsClientReadsIt(t *testing.T) {
	cloud, ctx := start(t), context.Background()
	api := cloud.api(t, cloud.about.APIToken)
	organization := core.OrganizationRef{SubDomain: cloud.about.Organization}
	organizations, _, err := api.Organizations.List(ctx)
	check(t, err)
	if len(organizations) != 1 || organizations[0].SubDomain != cloud.about.Organization {
		t.Fatalf("organizations: %v", organizations)
	}
	_, _, err = api.Organizations.Get(ctx, organization)
	check(t, err)
	machine, _, err := api.VirtualMachines.GetByFQDN(ctx, cloud.about.VirtualMachine.FQDN)
	check(t, err)
	packages, _, err := api.VirtualMachinePackages.GetByPermalink(ctx, machine.Package.Permalink)
	check(t, err)
	if packages.ID != machine.Package.ID {
		t.Fatalf("package: %v", packages)
	}
	interfaces, _, err := api.VirtualMachineNetworkInterfaces.List(ctx, machine.Ref(), nil)
	check(t, err)
	one, _, err := api.VirtualMachineNetworkInterfaces.Get(ctx, interfaces[0].Ref())
	check(t, err)
	network, _, err := api.DataCenters.DefaultNetwork(ctx, machine.Zone.DataCenter.Ref())
	check(t, err)
	if one.MACAddress == "" || one.Network.ID != network.ID {
		t.Fatalf("interface: %v, network: %v", one, network)
	}
	networks, virtual, _, err := api.Networks.List(ctx, organization)
	check(t, err)
	profiles, _, err := api.NetworkSpeedProfiles.List(ctx, organization, nil)
	check(t, err)
	if len(networks) != 2 || len(virtual) != 1 || len(profiles) != 3 {
		t.Fatalf("%d networks, %d virtual ones, %d speed profiles", len(networks), len(virtual), len(profiles))
	}
}

func TestAMachineIsSwitched(t *testing.T) {
	cloud, ctx := start(t), context.Background()
	api := cloud.api(t, cloud.about.APIToken)
	machine := core.VirtualMachineRef{ID: cloud.about.VirtualMachine.ID}
	power := api.VirtualMachines
	for _, step := range []struct {
		to   func(context.Context, core.VirtualMachineRef, ...katapult.RequestOption) (*core.Task, *katapult.Response, error)
		ends core.VirtualMachineState
	}{
		{power.Shutdown, core.VirtualMachineStopped},
		{power.Start, core.VirtualMachineStarted},
		{power.Reset, core.VirtualMachineStarted},
		{power.Stop, core.VirtualMachineStopped},
	} {
		task, _, err := step.to(ctx, machine)
		check(t, err)
		eventually(t, "the task", func() bool {
			now, _, err := api.Tasks.Get(ctx, task.ID)
			check(t, err)
			return now.Status == core.TaskCompleted
		})
		now, _, err := power.Get(ctx, machine)
		check(t, err)
		if now.State != step.ends {
			t.Fatalf("%s: %s", task.Name, now.State)
		}
	}
}

func TestATokenMayLackAScope(t *testing.T) {
	cloud, ctx := start(t), context.Background()
	machine := core.VirtualMachineRef{ID: cloud.about.VirtualMachine.ID}
	_, _, err := cloud.api(t, cloud.about.ReadOnlyToken).VirtualMachines.Stop(ctx, machine)
	if !errors.Is(err, katapult.ErrScopeNotGranted) {
		t.Fatalf("stop: %v", err)
	}
	_, _, err = cloud.api(t, cloud.about.OtherOrganization.APIToken).VirtualMachines.Get(ctx, machine)
	if !errors.Is(err, core.ErrVirtualMachineNotFound) {
		t.Fatalf("another organization's machine: %v", err)
	}
}
