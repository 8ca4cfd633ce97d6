//! Which domains the user and the project are in.

use super::Config;

/// The keys that stand for both domains.
#[derive(Default)]
pub(super) struct Domains {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) default_id: Option<String>,
    pub(super) default_name: Option<String>,
    /// An id, of less weight than all others.
    pub(super) default: Option<String>,
}

impl Domains {
    /// Sets the domains as openstacksdk and keystoneauth decide: ids by their order, names by theirs, and
    /// then an id wins over a name, even if the name was meant for this domain alone (observed: with
    /// `default_domain_id` and `user_domain_name` the login names the id).
    pub(super) fn complete(&self, config: &mut Config) {
        let user = (&mut config.user_domain_id, &mut config.user_domain_name);
        let project = (&mut config.project_domain_id, &mut config.project_domain_name);
        for (id, name) in [user, project] {
            let chosen_id = first([&*id, &self.id, &self.default_id]);
            let chosen_name = first([&*name, &self.name, &self.default_name]);
            let is_left = chosen_id.is_none() && chosen_name.is_none();
            *id = if is_left { self.default.clone() } else { chosen_id };
            *name = chosen_name.filter(|_| id.is_none());
        }
    }

    /// The key that would ask for a token of a domain, where no project is given.
    pub(super) fn scope(&self) -> Option<&'static str> {
        let by_id = self.id.as_ref().map(|_| "domain_id");
        by_id.or(self.name.as_ref().map(|_| "domain_name"))
    }
}

fn first(texts: [&Option<String>; 3]) -> Option<String> {
    texts.into_iter().flatten().next().cloned()
}

#[cfg(test)]
mod tests {
    use super::{Config, Domains};

    #[test]
    fn ids_and_names_have_the_order_that_openstacksdk_gives_them() {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        // user_domain_id, _name, domain_id, _name, default_domain_id, _name, default_domain: id, name
        let table = [
            (["", "", "", "", "", "", ""], ["", ""]),
            (["i", "n", "", "", "", "", ""], ["i", ""]),
            (["", "n", "", "", "", "", "d"], ["", "n"]),
            (["", "", "d", "", "", "", ""], ["d", ""]),
            (["", "n", "d", "", "", "", ""], ["d", ""]),
            (["", "", "", "D", "", "", ""], ["", "D"]),
            (["i", "", "", "D", "", "", ""], ["i", ""]),
            (["", "", "d", "", "e", "", ""], ["d", ""]),
            (["", "n", "", "", "e", "", ""], ["e", ""]),
            (["", "", "", "", "", "E", "d"], ["", "E"]),
            (["", "", "", "", "", "", "d"], ["d", ""]),
        ];
        for ([user_id, user_name, id, name, default_id, default_name, default], expected) in table {
            let domains = Domains {
                id: text(id),
                name: text(name),
                default_id: text(default_id),
                default_name: text(default_name),
                default: text(default),
            };
            let mut config = Config {
                user_domain_id: text(user_id),
                user_domain_name: text(user_name),
                ..Config::default()
            };
            domains.complete(&mut config);
            let found = (config.user_domain_id, config.user_domain_name);
            assert_eq!(found, (text(expected[0]), text(expected[1])), "{expected:?}");
        }
    }
}
