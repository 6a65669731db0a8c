//! What a form is refused for.

use shared::contract::Severity::General;
use shared::refusal::Refusal;
use shared::ticket::{Field, RawRequest};
use tests::tenant::Tenant;
use tests::world::{Turned, World};

#[test]
fn a_zone_that_there_is_not_is_refused_together_with_the_forms_other_mistakes() {
    let mut world = World::of(Tenant::plain(), "2026-11-20T09:00Z");
    let customer = world.customer("standard");
    let good = world.form(&customer, General);
    let mistakes = |world: &mut World, form: &RawRequest| match world.sends(&customer, form) {
        Err(Turned::Away(Refusal::Form { errors })) => errors.iter().map(|e| e.field).collect(),
        other => panic!("{other:?}"),
    };
    let mars = RawRequest { zone: "Mars/One".into(), ..good.clone() };
    let fields: Vec<Field> = mistakes(&mut world, &mars);
    assert_eq!(fields, [Field::Zone]);
    let worse = RawRequest { text: String::new(), severity: "bad".into(), ..mars };
    let fields: Vec<Field> = mistakes(&mut world, &worse);
    assert_eq!(fields, [Field::Severity, Field::Text, Field::Zone]);
    assert_eq!(world.tickets(), 0);
    world.sends(&customer, &good).expect("the same form from a zone of this world");
}
