//! Elements, built by calls. `html!` unrolls every element where it stands, some 200 bytes of wasm each; a call takes a
//! tenth of that, and a customer downloads all of it before she reads a word.

use std::rc::Rc;

use shared::text::Phrase;
use yew::html::{onchange, onclick, oninput, onkeydown, onsubmit};
use yew::prelude::*;
use yew::virtual_dom::{Listener, VList, VNode, VTag, VText};

use crate::words::Words;

/// An element that is being built: one pointer, so that a call hands over one number.
pub struct Node(Box<Parts>);

struct Parts {
    tag: VTag,
    children: VList,
}

/// An element without anything.
#[must_use]
#[inline(never)]
pub fn el(tag: &'static str) -> Node {
    Node(Box::new(Parts { tag: VTag::new(tag), children: VList::new() }))
}

/// An element of a class.
#[must_use]
#[inline(never)]
pub fn of(tag: &'static str, class: &'static str) -> Node {
    el(tag).set("class", class)
}

impl Node {
    /// An attribute.
    #[must_use]
    #[inline(never)]
    pub fn set(self, key: &'static str, value: &'static str) -> Self {
        self.attribute(key, AttrValue::Static(value))
    }

    /// An attribute that was put together.
    #[must_use]
    #[inline(never)]
    pub fn put(self, key: &'static str, value: String) -> Self {
        self.attribute(key, AttrValue::from(value))
    }

    /// An attribute that stands there or not.
    #[must_use]
    #[inline(never)]
    pub fn set_if(self, wanted: bool, key: &'static str, value: &'static str) -> Self {
        if wanted { self.set(key, value) } else { self }
    }

    fn attribute(mut self, key: &'static str, value: AttrValue) -> Self {
        self.0.tag.add_attribute(key, value);
        self
    }

    /// What stands in a field.
    #[must_use]
    #[inline(never)]
    pub fn value(mut self, value: &str) -> Self {
        self.0.tag.set_value(Some(AttrValue::from(value.to_owned())));
        self
    }

    /// Whether a choice is taken.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.0.tag.set_checked(checked);
        self
    }

    /// Called by a press.
    #[must_use]
    #[inline(never)]
    pub fn on_click(self, called: Callback<MouseEvent>) -> Self {
        self.listen(Rc::new(onclick::Wrapper::new(called)))
    }

    /// Called by each change of what stands in a field.
    #[must_use]
    #[inline(never)]
    pub fn on_input(self, called: Callback<InputEvent>) -> Self {
        self.listen(Rc::new(oninput::Wrapper::new(called)))
    }

    /// Called when a choice is taken.
    #[must_use]
    #[inline(never)]
    pub fn on_change(self, called: Callback<Event>) -> Self {
        self.listen(Rc::new(onchange::Wrapper::new(called)))
    }

    /// Called when a form is sent.
    #[must_use]
    #[inline(never)]
    pub fn on_submit(self, called: Callback<SubmitEvent>) -> Self {
        self.listen(Rc::new(onsubmit::Wrapper::new(called)))
    }

    /// Called by each key.
    #[must_use]
    #[inline(never)]
    pub fn on_key(self, called: Callback<KeyboardEvent>) -> Self {
        self.listen(Rc::new(onkeydown::Wrapper::new(called)))
    }

    fn listen(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.tag.add_listener(listener);
        self
    }

    /// Words that stand in the program.
    #[must_use]
    #[inline(never)]
    pub fn say(self, text: &'static str) -> Self {
        self.text(AttrValue::Static(text))
    }

    /// A phrase.
    #[must_use]
    #[inline(never)]
    pub fn phrase(self, words: Words, phrase: &'static Phrase) -> Self {
        self.say(words.say(*phrase))
    }

    /// An attribute that is a phrase.
    #[must_use]
    #[inline(never)]
    pub fn label(self, key: &'static str, words: Words, phrase: &'static Phrase) -> Self {
        self.set(key, words.say(*phrase))
    }

    /// Words that were put together.
    #[must_use]
    #[inline(never)]
    pub fn told(self, text: String) -> Self {
        self.text(AttrValue::from(text))
    }

    fn text(self, text: AttrValue) -> Self {
        self.with(VNode::VText(VText::new(text)))
    }

    /// A node.
    #[must_use]
    #[inline(never)]
    pub fn with(mut self, child: Html) -> Self {
        self.0.children.add_child(child);
        self
    }

    /// An element.
    #[must_use]
    #[inline(never)]
    pub fn child(self, child: Self) -> Self {
        self.with(child.html())
    }

    /// An element, or the empty place where it would stand: what comes after keeps its own place, and a field that is
    /// typed in is not made anew.
    #[must_use]
    #[inline(never)]
    pub fn maybe(self, child: Option<Self>) -> Self {
        self.with(child.map_or_else(Html::default, Self::html))
    }

    /// Elements in a row, in a place of their own.
    #[must_use]
    pub fn all(self, children: impl Iterator<Item = Self>) -> Self {
        self.with(row(children.map(Self::html).collect()))
    }

    /// The node.
    #[inline(never)]
    pub fn html(self) -> Html {
        let Parts { mut tag, children } = *self.0;
        if !children.is_empty() {
            tag.add_child(VNode::from(children));
        }
        VNode::from(tag)
    }
}

/// Nodes one after the other, without an element around them.
#[inline(never)]
pub fn row(nodes: Vec<Html>) -> Html {
    VNode::from(VList::with_children(nodes, None))
}
