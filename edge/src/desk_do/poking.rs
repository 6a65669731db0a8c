//! What the desk's alarm does: it goes round the tickets that a published file, a company's go-live or newer time data
//! may touch, and asks each of them. A round is cut into batches; the marks of `store/bound.rs` say where it stands, so
//! that one that dies is gone on with. A ticket that is asked twice changes once: it finds that nothing else binds it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use shared::contract::policy::Policy;
use shared::ids::{KeyId, TenantId};
use shared::ticket::{Bound, Newest};

use super::Board;
use crate::error::Fault;
use crate::names::Place;
use crate::perform::ticket;
use crate::store::bound::{self, Stale};
use crate::store::{Sql, Wake, index, name, transact};
use crate::{clock, hosts};

/// As many tickets as are asked side by side.
const AT_ONCE: usize = 10;

/// When a batch is looked after that died on the way.
const BATCH_DIED: SignedDuration = SignedDuration::from_secs(5);

/// After a ticket that could not be asked, and after a round that broke.
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// When the alarm has to go off for the tickets that are not marked: it is set with whatever took the mark away.
pub(super) fn soon(sql: &Sql, now: Timestamp) -> Result<Wake, Fault> {
    let next = bound::next_at(sql, &bound::newest(sql)?)?;
    Ok(next.map_or(Wake::Unchanged, |at| Wake::At(at.max(now))))
}

/// The same, and for the next go-live of a company.
fn next(sql: &Sql, now: Timestamp) -> Result<Wake, Fault> {
    let next = bound::next_at(sql, &bound::newest(sql)?)?;
    let at = next.into_iter().chain(bound::next_live(sql)?).min();
    Ok(Wake::from(at.map(|at| at.max(now))))
}

/// What one batch goes by.
struct Round<'p> {
    tenant: TenantId,
    newest: Newest<'p>,
    kid: &'p KeyId,
    /// What is marked is marked with this file, also if another one was published meanwhile.
    mark: String,
}

impl Board {
    /// Each minute: whether anything is due that no alarm has come for.
    pub(super) async fn renew(&self) -> crate::perform::Answer<()> {
        let (now, own) = (clock::now(&self.env), self.state.id().name());
        if Sql::of(&self.state).is_blank()? {
            return Ok(Ok(()));
        }
        let renewed = transact(&self.state, &self.env, move |sql| {
            sql.prepare(index::SCHEMA)?;
            own.map_or(Ok(()), |own| name::keep(sql, &own))?;
            let due = match next(sql, now)? {
                Wake::At(at) if at <= now => Wake::At(now),
                Wake::At(_) | Wake::Never | Wake::Unchanged => Wake::Unchanged,
            };
            Ok(((), due))
        });
        renewed.await.map(Ok)
    }

    /// One batch of a round. The alarm comes at once for the next one.
    pub(super) async fn poke(&self) -> Result<(), Fault> {
        let Some((number, policy)) = self.newest()? else { return Ok(()) };
        let Some(kid) = policy.receipt_keys.first() else {
            return Err(Fault::new("desk.poking", format!("policy {number} has no key")));
        };
        let (newest, mark) = (Newest { number, policy: &policy }, bound::looked_at(number));
        let round = Round { tenant: self.tenant()?, newest, kid, mark };
        self.go_live(&round).await?;
        let batch = self.batch(&round).await?;
        let mut asked = Vec::with_capacity(batch.len());
        for some in batch.chunks(AT_ONCE) {
            let done = join_all(some.iter().map(|stale| self.ask(&round, stale))).await;
            asked.extend(some.iter().cloned().zip(done));
        }
        self.settle(round.mark, asked).await
    }

    pub(super) async fn try_again(&self) {
        let at = later(clock::now(&self.env), TRY_AGAIN);
        if let Err(error) = self.state.storage().set_alarm(clock::alarm(&self.env, at)).await {
            Fault::new("desk.alarm", error).log();
        }
    }

    /// Companies that went live have another tier: their tickets are looked at again.
    async fn go_live(&self, round: &Round<'_>) -> Result<(), Fault> {
        let now = clock::now(&self.env);
        let sql = Sql::of(&self.state);
        let since = bound::went_live(&sql)?.unwrap_or(now);
        let (gone, coming) = (round.newest.gone_live(since, now), round.newest.next_go_live(now));
        if gone.is_empty() && bound::went_live(&sql)?.is_some() && bound::next_live(&sql)? == coming {
            return Ok(());
        }
        transact(&self.state, &self.env, move |sql| {
            bound::live(sql, &gone, (now, coming))?;
            Ok(((), Wake::At(later(now, BATCH_DIED))))
        })
        .await
    }

    /// Marks the kinds of tickets that nothing changes for, and gives some of the others.
    async fn batch(&self, round: &Round<'_>) -> Result<Vec<Stale>, Fault> {
        let (sql, now) = (Sql::of(&self.state), clock::now(&self.env));
        let kinds = bound::kinds(&sql, &round.mark)?;
        let mut own = BTreeMap::new();
        let mut untouched = Vec::new();
        for (kind, bound) in kinds {
            if !self.touched(round, bound.as_ref(), &mut own, now)? {
                untouched.push(kind);
            }
        }
        let mark = round.mark.clone();
        transact(&self.state, &self.env, move |sql| {
            untouched.into_iter().try_for_each(|kind| bound::mark_kind(sql, kind, &mark))?;
            Ok((bound::stale(sql, &mark, now)?, Wake::At(later(now, BATCH_DIED))))
        })
        .await
    }

    /// Whether tickets of a kind have to be asked. Of one that is not known, and of a file that this build reads no
    /// more, only they can tell.
    fn touched(
        &self,
        round: &Round<'_>,
        bound: Option<&Bound>,
        own: &mut BTreeMap<u32, Option<Policy>>,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let Some(bound) = bound else { return Ok(true) };
        let own = match own.entry(bound.policy) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => {
                let published = self.policy(Some(bound.policy))?.ok();
                let read = published.and_then(|old| Policy::parse(&old.toml, hosts::hosts(&self.env)).ok());
                unread.insert(read)
            }
        };
        Ok(round.newest.touches(bound, own.as_ref(), now))
    }

    /// Asks one ticket. One that is unknown, or was merged or thrown away meanwhile, is bound by nothing any more.
    async fn ask(&self, round: &Round<'_>, stale: &Stale) -> Result<(), Fault> {
        let stub = ticket(&self.env, &round.tenant, stale.id)?;
        let Ok(holding) = stub.holding().await? else { return Ok(()) };
        let now = clock::now(&self.env);
        if let Some(command) = round.newest.anew(holding.company.as_ref(), &holding.terms, now) {
            let _ = stub.file_says(command, round.kid).await?;
        }
        Ok(())
    }

    async fn settle(&self, mark: String, asked: Vec<(Stale, Result<(), Fault>)>) -> Result<(), Fault> {
        let now = clock::now(&self.env);
        transact(&self.state, &self.env, move |sql| {
            for (stale, done) in asked {
                match done {
                    Ok(()) => bound::mark_one(sql, &stale, &mark)?,
                    Err(fault) => {
                        fault.log();
                        bound::postpone(sql, &stale, later(now, TRY_AGAIN))?;
                    }
                }
            }
            Ok(((), next(sql, now)?))
        })
        .await
    }

    /// Whose desk it is.
    fn tenant(&self) -> Result<TenantId, Fault> {
        let own = match self.state.id().name() {
            Some(own) => own,
            None => name::read(&Sql::of(&self.state))?.unwrap_or_default(),
        };
        match own.parse()? {
            Place::Desk { tenant } => Ok(tenant),
            Place::Ticket { .. } | Place::Access { .. } | Place::Customer { .. } => {
                Err(Fault::new("desk.name", format!("no desk is called \"{own}\"")))
            }
        }
    }
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}
