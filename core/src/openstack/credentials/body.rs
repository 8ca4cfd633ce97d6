//! The body of a login.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Credentials;
use crate::{Error, Result, secret};

impl Credentials {
    /// The body of `POST /v3/auth/tokens`, which the caller wipes. No other copy of the secret stays in
    /// memory.
    pub(in crate::openstack) fn body(&self) -> Result<Vec<u8>> {
        let mut json = self.json();
        let body = exactly(&json);
        secret::wipe(&mut json);
        body.map_err(|error| Error::internal(format!("login: {error}")))
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Credentials::Password { user, password, project } => {
                let mut user = user.json();
                user["password"] = json!(password.reveal());
                let identity = json!({ "methods": ["password"], "password": { "user": user } });
                json!({ "auth": { "identity": identity, "scope": { "project": project.json() } } })
            }
            Credentials::Token { token, project } => {
                let token = json!({ "id": token.reveal().trim() });
                let identity = json!({ "methods": ["token"], "token": token });
                json!({ "auth": { "identity": identity, "scope": { "project": project.json() } } })
            }
            // Keystone refuses a scope beside an application credential.
            Credentials::ApplicationCredential { id, user, secret } => {
                let mut credential = id.json();
                credential["secret"] = json!(secret.reveal());
                if let Some(user) = user {
                    credential["user"] = user.json();
                }
                json!({ "auth": { "identity": {
                    "methods": ["application_credential"],
                    "application_credential": credential,
                } } })
            }
        }
    }
}

/// Serialises a value into a buffer of the right size: a growing one would leave copies behind.
fn exactly(json: &Value) -> serde_json::Result<Vec<u8>> {
    struct Size(usize);

    impl Write for Size {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut size = Size(0);
    serde_json::to_writer(&mut size, json)?;
    let mut text = Vec::with_capacity(size.0);
    serde_json::to_writer(&mut text, json)?;
    Ok(text)
}
