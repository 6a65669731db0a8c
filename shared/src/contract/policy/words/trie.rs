//! The trie of all words, with what to ask next where a letter does not go on.

use alloc::vec::Vec;
use core::iter::successors;

/// A word of a rule, its letters by their numbers.
pub(super) struct Word {
    pub(super) letters: Vec<u32>,
    pub(super) begins_spaced: bool,
    pub(super) ends_spaced: bool,
    pub(super) rule: usize,
    pub(super) word: usize,
}

/// Words of the same letters.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) letters: usize,
    pub(super) begins_spaced: bool,
    pub(super) ends_spaced: bool,
    /// Which word of which rule; of a rule, only the first that is these letters.
    pub(super) places: Vec<(usize, usize)>,
    /// The longest shorter end that stands here too; 0: none.
    shorter: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Trie {
    /// State by state, each before those that are longer: the children of one stand side by side.
    states: Vec<State>,
    /// The letter by which each state is reached.
    letters: Vec<u32>,
    /// Where each letter leads from the start.
    start: Vec<u32>,
    /// The first is none: 0 is no end.
    ends: Vec<End>,
}

/// What begins a word, and how it goes on. A state that goes on nowhere is asked as the next shorter one is.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    /// The letter by which its first child is reached; 0: it has none.
    letter: u32,
    child: u32,
    children: u32,
    /// Who is asked about another letter; 0: the start.
    otherwise: u32,
    /// The longest word that stands here; 0: none.
    end: u32,
}

impl State {
    const NONE: Self = Self { letter: 0, child: 0, children: 0, otherwise: 0, end: 0 };

    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.end != 0
    }
}

/// A state whose children are not known yet: the words that go through it, and the longest shorter state.
struct Open {
    from: usize,
    to: usize,
    depth: usize,
    shorter: u32,
}

impl Trie {
    pub(super) fn of(mut words: Vec<Word>) -> Self {
        // Of the same letters, those of the first rule come first: the sort keeps their order.
        words.retain(|word| !word.letters.is_empty());
        words.sort_by(|one, other| one.letters.cmp(&other.letters));
        let alphabet = words.iter().flat_map(|word| &word.letters).max().copied().unwrap_or_default();
        let mut trie = Self {
            states: Vec::new(),
            letters: Vec::from([0]),
            start: core::iter::repeat_n(0, at(alphabet) + 1).collect(),
            ends: Vec::from([End {
                letters: 0,
                begins_spaced: false,
                ends_spaced: false,
                places: Vec::new(),
                shorter: 0,
            }]),
        };
        let mut open = Vec::from([Open { from: 0, to: words.len(), depth: 0, shorter: 0 }]);
        let mut next = 0;
        while let Some(state) = open.get(next) {
            let children = trie.close(state, &words);
            open.extend(children);
            next += 1;
        }
        trie
    }

    /// Adds the state that is to be known next; its children, to be known later.
    fn close(&mut self, open: &Open, words: &[Word]) -> Vec<Open> {
        let through = words.get(open.from..open.to).unwrap_or_default();
        let ending = through.partition_point(|word| word.letters.len() == open.depth);
        let shorter = *self.state(open.shorter);
        let end = self.end(through.get(..ending).unwrap_or_default(), shorter.end);
        let letter = |word: &Word| word.letters.get(open.depth).copied().unwrap_or_default();
        let (first, mut children) = (self.letters.len(), Vec::new());
        let mut from = open.from + ending;
        for group in through.get(ending..).unwrap_or_default().chunk_by(|a, b| letter(a) == letter(b)) {
            let letter = group.first().map(letter).unwrap_or_default();
            let shorter = if open.depth == 0 { 0 } else { self.leads(self.state(open.shorter), letter) };
            if let Some(start) = self.start.get_mut(at(letter)).filter(|_| open.depth == 0) {
                *start = number(self.letters.len());
            }
            self.letters.push(letter);
            children.push(Open { from, to: from + group.len(), depth: open.depth + 1, shorter });
            from += group.len();
        }
        let asked = State { end, ..shorter };
        let own = State {
            letter: self.letters.get(first).copied().unwrap_or_default(),
            child: number(first),
            children: number(children.len()),
            otherwise: if shorter.children == 0 { 0 } else { open.shorter },
            end,
        };
        let known = match (children.is_empty(), open.depth) {
            (false, 1..) => own,
            // What the start goes on with stands in a list of its own.
            (false, 0) | (true, _) => asked,
        };
        self.states.push(known);
        children
    }

    /// The end of these words of the same letters, else the one that a shorter state has.
    fn end(&mut self, words: &[Word], shorter: u32) -> u32 {
        let Some(first) = words.first() else { return shorter };
        let mut places: Vec<(usize, usize)> = words.iter().map(|word| (word.rule, word.word)).collect();
        places.dedup_by_key(|place| place.0);
        self.ends.push(End {
            letters: first.letters.len(),
            begins_spaced: first.begins_spaced,
            ends_spaced: first.ends_spaced,
            places,
            shorter,
        });
        number(self.ends.len() - 1)
    }

    /// The state before any letter.
    #[inline]
    pub(super) fn start(&self) -> &State {
        self.state(0)
    }

    #[inline]
    fn state(&self, number: u32) -> &State {
        self.states.get(at(number)).unwrap_or(&State::NONE)
    }

    /// The state after one more letter.
    #[inline]
    pub(super) fn next(&self, state: &State, letter: u32) -> &State {
        self.state(self.leads(state, letter))
    }

    #[inline]
    fn leads<'a>(&'a self, mut asked: &'a State, letter: u32) -> u32 {
        loop {
            if asked.letter == letter {
                return asked.child;
            }
            if asked.children > 1
                && let Some(child) = self.child(asked, letter)
            {
                return child;
            }
            if asked.otherwise == 0 {
                return self.start.get(at(letter)).copied().unwrap_or_default();
            }
            asked = self.state(asked.otherwise);
        }
    }

    fn child(&self, state: &State, letter: u32) -> Option<u32> {
        let letters = self.letters.get(at(state.child)..at(state.child) + at(state.children))?;
        letters.binary_search(&letter).ok().map(|place| state.child + number(place))
    }

    /// The ends that stand at a state with their numbers, the longest first.
    pub(super) fn ends_at(&self, state: &State) -> impl Iterator<Item = (usize, &End)> {
        let shorter = |end: &u32| self.ends.get(at(*end)).map(|end| end.shorter);
        let numbers = successors(Some(state.end), shorter).take_while(|end| *end != 0);
        numbers.filter_map(|end| Some((at(end), self.ends.get(at(end))?)))
    }

    /// How many numbers of ends there are.
    pub(super) fn ends(&self) -> usize {
        self.ends.len()
    }
}

fn at(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A file holds fewer letters than this can count.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
