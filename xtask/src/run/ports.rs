//! Which addresses a product listens on: the usual ones for people, free ones for tests.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};

const USUAL_EDGE: u16 = 8787;

/// Three ports of this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ports {
    pub(crate) edge: u16,
    pub(crate) host: u16,
    pub(crate) receiver: u16,
}

impl Ports {
    /// A port for the edge and the two after it, or a sentence about the one that is taken.
    pub(crate) fn from(first: Option<u16>) -> Result<Self> {
        let edge = first.unwrap_or(USUAL_EDGE);
        let next =
            |step| edge.checked_add(step).context("--port is too high: the two ports after it are used too");
        let ports = Self { edge, host: next(1)?, receiver: next(2)? };
        for port in [ports.edge, ports.host, ports.receiver] {
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
                format!("port {port} is in use, perhaps by another `cargo xtask dev`: end it, or choose with --port N")
            })?;
        }
        Ok(ports)
    }

    /// Three ports that nobody uses now.
    pub(crate) fn free() -> Result<Self> {
        let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port");
        // All three are held at once, so that they differ.
        let (edge, host, receiver) = (listen()?, listen()?, listen()?);
        let port = |listener: &TcpListener| Ok::<_, anyhow::Error>(listener.local_addr()?.port());
        Ok(Self { edge: port(&edge)?, host: port(&host)?, receiver: port(&receiver)? })
    }
}
