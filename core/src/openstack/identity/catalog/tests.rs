use super::{CatalogService, Choice};
use crate::openstack::Config;
use crate::{Result, Status};

const CATALOG: &str = r#"[
    {"type": "identity", "name": "keystone", "endpoints": [{"interface": "public", "url": "k"}]},
    {"type": "compute", "name": "nova", "endpoints": [
      {"interface": "internal", "region_id": "north", "url": "a"},
      {"interface": "public", "region_id": "north", "url": "b"},
      {"interface": "public", "region_id": "north", "url": "b2"},
      {"interface": "publicURL", "region": "south", "url": "c"},
      {"interface": "admin", "region": "south", "url": null}]},
    {"type": "compute", "name": "cells", "endpoints": [
      {"interface": "public", "region_id": "r3", "region": "north", "url": "d"}]},
    {"type": "odd"}]"#;

fn text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn chosen(catalog: &str, config: &Config) -> Result<String> {
    let catalog: Vec<CatalogService> = serde_json::from_str(catalog).unwrap();
    Ok(Choice::of(config)?.endpoint(&catalog)?.url().to_owned())
}

fn config(interface: &str, region: &str, name: &str) -> Config {
    Config {
        interface: text(interface),
        region_name: text(region),
        service_name: text(name),
        ..Config::default()
    }
}

#[test]
fn interface_region_and_name_choose_an_endpoint() {
    let table = [
        (config("internal", "", ""), "a"),
        (config("internal", "north", ""), "a"),
        (config("", "north", ""), "b"),
        (config("publicURL", "north", ""), "b"),
        (config("public", "south", ""), "c"),
        (config("public", "r3", ""), "d"),
        (config("", "", "cells"), "d"),
        (config("admin,internal,public", "north", ""), "a"),
        (config("public, internal", "north", ""), "b"),
        (config("internal,public", "south", ""), "c"),
    ];
    for (config, url) in table {
        assert_eq!(chosen(CATALOG, &config).unwrap(), url, "{config:?}");
    }
}

#[test]
fn a_region_is_not_guessed() {
    for interface in ["public", "internal,public"] {
        let error = chosen(CATALOG, &config(interface, "", "nova")).unwrap_err();
        assert_eq!(error.status(), Status::InvalidConfiguration);
        assert!(error.description().ends_with("give one of north, south"), "{error}");
    }
    let without_region = r#"[{"type": "compute", "endpoints": [
        {"interface": "public", "url": "a"}, {"interface": "public", "url": "b"}]}]"#;
    assert_eq!(chosen(without_region, &Config::default()).unwrap(), "a");
    // Whatever the region, it is the same service.
    let one_url = r#"[{"type": "compute", "endpoints": [
        {"interface": "public", "region_id": "north", "url": "a"},
        {"interface": "public", "region_id": "south", "url": "a"}]}]"#;
    assert_eq!(chosen(one_url, &Config::default()).unwrap(), "a");
}

#[test]
fn what_the_catalog_has_is_said_where_nothing_fits() {
    let table = [
        (config("admin", "west", ""), ["public in north", "in west"]),
        // An endpoint without a URL is none.
        (config("admin", "south", ""), ["internal in north", "no admin endpoint"]),
        (config("", "", "placement"), ["compute (placement)", "it has: none"]),
    ];
    for (config, words) in table {
        let error = chosen(CATALOG, &config).unwrap_err();
        assert_eq!(error.status(), Status::InvalidConfiguration);
        assert!(words.iter().all(|words| error.description().contains(words)), "{error}");
    }
    let error = chosen("[]", &Config::default()).unwrap_err();
    assert!(error.description().contains("no catalog"), "{error}");
}

#[test]
fn an_interface_is_one_of_three_words() {
    for word in ["private", "Public", "publicurl", "public,", "public\0", ""] {
        let given = Config { interface: Some(word.to_owned()), ..Config::default() };
        let error = Choice::of(&given).err().unwrap();
        assert!(error.description().starts_with("interface must be"), "{error}");
    }
}
