//! `POST /test/vectors`: vectors, judged by the same code inside the runtime. Test builds only.

use serde_json::Value;
use shared::vectors::{File, judge};
use worker::Response;

use super::call::Call;
use crate::error::Failure;
use crate::http::{self, BodyLimits};

const LIMITS: BodyLimits = BodyLimits { bytes: 4_194_304, depth: 32 };

pub(crate) async fn run(call: &mut Call) -> Result<Response, Failure> {
    let file: File<Value> = http::read(&mut call.request, LIMITS).await?;
    http::answer(http::Format::Json, &judge(&file.cases, 0))
}
