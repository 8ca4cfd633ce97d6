//! The order in which disks are listed, all of them and those with an annotation.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Annotation, Disk};

/// Name and id.
type Places = BTreeSet<(String, String)>;

/// What is in here but for `touched` is right. Sorting all anew for a list, or going through all for
/// an annotation, takes longer than everything else as soon as there are some thousands.
#[derive(Default)]
pub(super) struct Listing {
    /// By organization, as the rest.
    all: HashMap<String, Places>,
    /// Their ids, until their order changes: the pages of a long list follow each other.
    ids: HashMap<String, Vec<String>>,
    by_annotation: HashMap<(String, String, String), Places>,
    /// How those that stand in `all` were filed, by id.
    filed: HashMap<String, Filed>,
    touched: HashSet<String>,
}

struct Filed {
    organization: String,
    name: String,
    annotations: Vec<Annotation>,
}

impl Listing {
    /// The disk may have to be filed anew, or is not there any more.
    pub(super) fn touch(&mut self, id: &str) {
        if !self.touched.contains(id) {
            self.touched.insert(id.to_owned());
        }
    }

    /// The ids of an organization's, by name: of all outside the trash, or of those with an annotation.
    pub(super) fn ids(
        &mut self,
        disks: &HashMap<String, Disk>,
        organization: &str,
        annotation: Option<(&str, &str)>,
    ) -> impl Iterator<Item = &String> {
        for id in std::mem::take(&mut self.touched) {
            let disk = disks.get(&id).filter(|disk| !disk.in_trash);
            self.file(id, disk);
        }
        let Self { all, ids, by_annotation, .. } = self;
        let (ids, places) = match annotation {
            None => {
                let all = all.get(organization).into_iter().flatten();
                let ids_of_all = || all.map(|(_, id)| id.clone()).collect();
                let ids = ids.entry(organization.to_owned());
                (Some(ids.or_insert_with(ids_of_all)), None)
            }
            Some((key, value)) => (None, by_annotation.get(&label(organization, key, value))),
        };
        let of_annotation = places.into_iter().flatten().map(|(_, id)| id);
        ids.into_iter().flat_map(|ids| ids.iter()).chain(of_annotation)
    }

    fn file(&mut self, id: String, disk: Option<&Disk>) {
        let is_right = |disk: &Disk| {
            let filed = self.filed.get(&id);
            filed.is_some_and(|it| {
                it.name == disk.name
                    && it.organization == disk.organization
                    && it.annotations == disk.annotations
            })
        };
        if disk.is_some_and(is_right) {
            return;
        }
        if let Some(Filed { organization, name, annotations }) = self.filed.remove(&id) {
            let place = (name, id.clone());
            self.ids.remove(&organization);
            if let Some(all) = self.all.get_mut(&organization) {
                all.remove(&place);
            }
            for Annotation { key, value } in annotations {
                let label = label(&organization, &key, &value);
                if let Some(places) = self.by_annotation.get_mut(&label) {
                    places.remove(&place);
                    if places.is_empty() {
                        self.by_annotation.remove(&label);
                    }
                }
            }
        }
        let Some(disk) = disk else { return };
        let Disk { organization, name, annotations, .. } = disk;
        let place = (name.clone(), id.clone());
        for Annotation { key, value } in annotations {
            let label = label(organization, key, value);
            self.by_annotation.entry(label).or_default().insert(place.clone());
        }
        self.ids.remove(organization);
        self.all.entry(organization.clone()).or_default().insert(place);
        let (organization, name) = (organization.clone(), name.clone());
        self.filed.insert(id, Filed { organization, name, annotations: annotations.clone() });
    }
}

fn label(organization: &str, key: &str, value: &str) -> (String, String, String) {
    (organization.to_owned(), key.to_owned(), value.to_owned())
}
