//! Vendor profiles (`profile: name`): those of clouds-public.yaml are obeyed. The ones that openstacksdk
//! brings along are not included: they age (it marks six of its 25 as gone), and a release of this library
//! would be needed for each change of a vendor. The message says what to write instead.

use super::entry::Entry;
use super::files;
use crate::{Error, LOG_TARGET, Result};

/// Vendors of openstacksdk 4.22's profiles that it does not mark as gone, and whose URL is not of v2.0:
/// their `auth_url`, and regions. That of `ovh`, which openstacksdk fetches, is from the vendor's documents.
const KNOWN: [(&str, &str, &str); 14] = [
    ("auro", "https://api.van2.auro.io:5000/v3", "RegionOne"),
    ("binero", "https://auth.binero.cloud:5000/v3", "europe-se-1"),
    (
        "citycloud",
        "https://{region_name}.citycloud.com:5000/v3",
        "Buf1, Fra1, Sto2, Kna1, dx1, tky1",
    ),
    ("conoha", "https://identity.{region_name}.conoha.io/v3", "such as sin1, sjc1"),
    ("dreamcompute", "https://iad2.dream.io:5000/v3", "RegionOne"),
    ("elastx", "https://ops.elastx.cloud:5000/v3", "se-sto"),
    ("entercloudsuite", "https://api.entercloudsuite.com/v3", "it-mil1, nl-ams1, de-fra1"),
    ("otc", "https://iam.{region_name}.otc.t-systems.com/v3", "eu-de, eu-nl"),
    ("otc-swiss", "https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3", "eu-ch2"),
    ("ovh", "https://auth.cloud.ovh.net/v3", "such as GRA11, SBG5, BHS5"),
    ("ovh-us", "https://auth.cloud.ovh.us/v3", "US-EAST-VA-1, US-WEST-OR-1"),
    ("switchcloud", "https://identity.compute.cloud.switch.ch/v3", "zhw, zhc"),
    ("switchengines", "https://keystone.cloud.switch.ch:5000/v3", "LS, ZH"),
    ("zetta", "https://identity.api.zetta.io/v3", "no-osl1"),
];

/// Puts what the entry's profile says below the entry. `has_auth_url` is whether the program gives one.
pub(super) fn expand(mut entry: Entry, has_auth_url: bool) -> Result<Entry> {
    let key = if entry.option("profile").is_some() { "profile" } else { "cloud" };
    let Some(node) = entry.option(key) else { return Ok(entry) };
    let Some(name) = node.as_text() else { return Err(node.wrong(key, "must be a text")) };
    if let Some(mut profile) = of_file(name)? {
        // The entry's own regions replace the profile's.
        if entry.option("regions").or(entry.option("region_name")).is_some() {
            profile.options.remove("regions");
            profile.options.remove("region_name");
        }
        profile.options.remove("profile");
        profile.extend(&entry);
        profile.name = entry.name.take();
        return Ok(profile);
    }
    let own_url = entry.auth.get("auth_url").or(entry.options.get("auth_url"));
    if has_auth_url || own_url.is_some_and(|url| url.is_set()) {
        log::warn!(
            target: LOG_TARGET,
            "{} is not used: profiles of vendors are not included, and what is written beside it counts",
            node.place(key),
        );
        return Ok(entry);
    }
    Err(refusal(name, &node.place(key)))
}

fn of_file(name: &str) -> Result<Option<Entry>> {
    let place = format!("public-clouds.{name}");
    let Some(file) = files::read("clouds-public", None)? else { return Ok(None) };
    file.is_read_for(&place);
    let clouds = file.root.as_ref().and_then(|root| root.as_mapping()?.get("public-clouds"));
    let found = clouds.and_then(|clouds| clouds.as_mapping()?.get(name));
    found.map(|node| Entry::of(name, &format!("{}: {place}", file.path), node)).transpose()
}

fn refusal(name: &str, place: &str) -> Error {
    let known = KNOWN.iter().find(|(vendor, ..)| *vendor == name);
    Error::invalid_configuration(match known {
        Some((vendor, auth_url, regions)) => format!(
            "{place} names a vendor, whose profile is not included: write auth_url: {auth_url} into \
             auth and region_name (for {vendor}: {regions}) beside it, instead of profile"
        ),
        None => format!(
            "{place} names a profile that is not included, nor in clouds-public.yaml: leave it out and \
             write auth_url into auth; the vendor's documentation or the dashboard's openrc file has it"
        ),
    })
}
