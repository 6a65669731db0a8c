//! Which hosts may stand in a tenant's file, and so be sent to.

use shared::contract::policy::Hosts;
use worker::Env;

/// Hosts of the public internet, unless this is a machine for development.
pub(crate) fn hosts(env: &Env) -> Hosts {
    let development = env.var("NB_DEVELOPMENT").is_ok_and(|var| var.to_string() == "1");
    if development { Hosts::Development } else { Hosts::Public }
}
