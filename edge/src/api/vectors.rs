//! `POST /test/vectors`: the vectors of business time, judged by the same code inside the runtime. Test builds only.

use serde::Serialize;
use shared::time::vectors::{Vectors, failures};
use worker::Response;

use super::call::Call;
use crate::error::Failure;
use crate::http::{self, BodyLimits};

const LIMITS: BodyLimits = BodyLimits { bytes: 4_194_304, depth: 32 };

#[derive(Serialize)]
struct Judged {
    failures: Vec<String>,
}

pub(crate) async fn run(call: &mut Call) -> Result<Response, Failure> {
    let vectors: Vectors = http::read(&mut call.request, LIMITS).await?;
    http::answer(http::Format::Json, &Judged { failures: failures(&vectors) })
}
