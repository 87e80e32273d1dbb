//! The network: embeddings of a word's keys, summed; layers of LSTM in both directions; from
//! their states, scores of arcs (biaffine attention, Dozat and Manning 2017), of relations, and
//! of classes for each word.

use std::ops::Range;

use super::features::Key;
use super::kernel::{Lstm, Matrix, multiply_add, widest};
use crate::model::{Error, Model, Reader, Writer, put_name};

/// The layout of the sections below.
pub const VERSION: u32 = 1;

/// The sizes of a network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sizes {
    /// Numbers of a word's embedding.
    pub embedding: usize,
    /// Numbers of a state, in each direction.
    pub hidden: usize,
    /// Layers of LSTM.
    pub layers: usize,
    /// Numbers that arcs are scored by.
    pub arc: usize,
    /// Numbers that relations are scored by.
    pub relation: usize,
    /// Relations.
    pub relations: usize,
    /// Classifiers of words, with their numbers of classes.
    pub classes: Vec<usize>,
}

/// Where everything lies in the dense weights, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// The embedding of the root, which stands before the first word.
    pub root: usize,
    /// For each layer and direction: inputs to gates, bias, state to gates.
    pub lstm: Vec<[LstmLayout; 2]>,
    /// States to the heads' hidden numbers and the classes' scores, and its bias.
    pub heads: usize,
    /// The bias of it.
    pub heads_bias: usize,
    /// The biaffine form of arcs: `arc` rows of `arc` numbers.
    pub arcs: usize,
    /// What a head gets whatever the dependent: `arc` numbers.
    pub arcs_bias: usize,
    /// From hidden numbers to relations.
    pub relations: usize,
    /// The bias of it.
    pub relations_bias: usize,
    /// All of them.
    pub total: usize,
}

/// Where one direction of a layer lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LstmLayout {
    /// Inputs to gates.
    pub input: usize,
    /// Bias of the gates.
    pub bias: usize,
    /// State to gates.
    pub recurrent: usize,
}

impl Sizes {
    /// Numbers that layer `layer` reads of each word.
    pub fn input(&self, layer: usize) -> usize {
        if layer == 0 { self.embedding } else { 2 * self.hidden }
    }

    /// Numbers that the heads give for each word: arcs' dependents and heads, relations'
    /// dependents and heads, classes.
    pub fn heads(&self) -> usize {
        2 * self.arc + 2 * self.relation + self.classes.iter().sum::<usize>()
    }

    /// Where everything lies.
    pub fn layout(&self) -> Layout {
        let mut at = 0;
        let mut place = |size: usize| {
            at += size;
            at - size
        };
        let root = place(self.embedding);
        let mut lstm = Vec::new();
        for layer in 0..self.layers {
            lstm.push([(); 2].map(|()| LstmLayout {
                input: place(self.input(layer) * 4 * self.hidden),
                bias: place(4 * self.hidden),
                recurrent: place(4 * self.hidden * self.hidden),
            }));
        }
        let heads = place(2 * self.hidden * self.heads());
        let heads_bias = place(self.heads());
        let arcs = place(self.arc * self.arc);
        let arcs_bias = place(self.arc);
        let relations = place(self.relation * self.relations);
        let relations_bias = place(self.relations);
        let total = place(0);
        Layout { root, lstm, heads, heads_bias, arcs, arcs_bias, relations, relations_bias, total }
    }

    fn write(&self) -> Vec<u8> {
        let sizes = [
            self.embedding,
            self.hidden,
            self.layers,
            self.arc,
            self.relation,
            self.relations,
            self.classes.len(),
        ];
        let all = sizes.iter().chain(&self.classes);
        all.flat_map(|n| (*n as u32).to_le_bytes()).collect()
    }

    fn read(mut section: Reader) -> Result<Sizes, Error> {
        /// No size is larger: what is built from them stays small.
        const LARGEST: usize = 4096;
        let mut size = || match section.u32()? as usize {
            n @ 1..=LARGEST => Ok(n),
            _ => Err(section.error()),
        };
        let [embedding, hidden, layers, arc, relation, relations, count] =
            [size()?, size()?, size()?, size()?, size()?, size()?, size()?];
        if layers > 8 || count > 16 {
            return Err(section.error());
        }
        let classes = (0..count).map(|_| size()).collect::<Result<_, _>>()?;
        Ok(Sizes { embedding, hidden, layers, arc, relation, relations, classes })
    }
}

/// What training gives: all weights, in floats.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Sizes.
    pub sizes: Sizes,
    /// Keys that have a row, ascending.
    pub keys: Vec<Key>,
    /// A row of `embedding` numbers for each key.
    pub rows: Vec<f32>,
    /// All else, as [`Sizes::layout`] says.
    pub dense: Vec<f32>,
    /// The names of the relations.
    pub relations: Vec<String>,
    /// The names of each classifier's classes.
    pub classes: Vec<Vec<String>>,
}

impl Weights {
    /// Adds the sections to a model: rows in 8 bits with a scale each, dense weights in the
    /// upper 16 bits of their floats.
    pub fn write(&self, model: &mut Writer) {
        model.section("sizes", self.sizes.write());
        let mut names = Vec::new();
        for name in self.relations.iter().chain(self.classes.iter().flatten()) {
            put_name(&mut names, name);
        }
        model.section("names", names);
        model.section("keys", self.keys.iter().flat_map(|k| k.to_le_bytes()).collect());
        let (mut scales, mut rows) = (Vec::new(), Vec::new());
        for row in self.rows.chunks_exact(self.sizes.embedding) {
            let scale = row.iter().fold(0f32, |m, x| m.max(x.abs())) / 127.0;
            scales.extend(scale.to_le_bytes());
            let step = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            rows.extend(row.iter().map(|x| (x * step).round() as i8 as u8));
        }
        model.section("scales", scales);
        model.section("rows", rows);
        model.section("dense", self.dense.iter().flat_map(|x| half(*x)).collect());
    }
}

/// The upper half of a float's bits, rounded to nearest (`bfloat16`).
fn half(x: f32) -> [u8; 2] {
    (((x.to_bits().wrapping_add(0x8000)) >> 16) as u16).to_le_bytes()
}

/// A network, ready to read sentences.
#[derive(Clone, Debug)]
pub struct Network {
    sizes: Sizes,
    table: Table,
    scales: Vec<f32>,
    rows: Vec<i8>,
    root: Vec<f32>,
    layers: Vec<[Direction; 2]>,
    heads: Matrix,
    heads_bias: Vec<f32>,
    arcs: Matrix,
    arcs_bias: Vec<f32>,
    relations: Matrix,
    relations_bias: Vec<f32>,
    relation_names: Vec<String>,
    class_names: Vec<Vec<String>>,
}

#[derive(Clone, Debug)]
struct Direction {
    input: Matrix,
    bias: Vec<f32>,
    recurrent: Matrix,
}

/// From keys to rows: open addressing, at most half full.
#[derive(Clone, Debug, Default)]
struct Table {
    slots: Vec<(Key, u32)>,
}

const EMPTY: u32 = u32::MAX;

impl Table {
    fn new(keys: impl ExactSizeIterator<Item = Key>) -> Table {
        let size = (2 * keys.len()).next_power_of_two().max(2);
        let mut slots = vec![(0, EMPTY); size];
        for (row, key) in keys.enumerate() {
            let mut at = key as usize & (size - 1);
            while slots[at].1 != EMPTY {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (key, row as u32);
        }
        Table { slots }
    }

    fn row(&self, key: Key) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        let mut at = key as usize & last;
        loop {
            match self.slots[at] {
                (_, EMPTY) => return None,
                (found, row) if found == key => return Some(row as usize),
                _ => at = (at + 1) & last,
            }
        }
    }
}

/// Sentences to read together: the keys of their words.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    keys: Vec<Key>,
    /// Where each word's keys end.
    words: Vec<usize>,
    /// Where each sentence's words end.
    sentences: Vec<usize>,
}

impl Batch {
    /// Takes everything out.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.words.clear();
        self.sentences.clear();
    }

    /// Adds a word to the sentence being written; `write` appends its keys.
    pub fn word(&mut self, write: impl FnOnce(&mut Vec<Key>)) {
        write(&mut self.keys);
        self.words.push(self.keys.len());
    }

    /// Ends the sentence being written. Sentences must come longest first.
    pub fn end_sentence(&mut self) {
        self.sentences.push(self.words.len());
    }

    fn keys(&self, word: usize) -> &[Key] {
        let start = word.checked_sub(1).map_or(0, |w| self.words[w]);
        &self.keys[start..self.words[word]]
    }
}

/// What a network says of sentences that were read together.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Rows of each sentence: the root's, then each word's.
    places: Vec<Range<usize>>,
    states: Vec<f32>,
    heads: Vec<f32>,
    gates: Vec<f32>,
    cells: Vec<f32>,
    inputs: Vec<f32>,
    dependents: Vec<f32>,
    governors: Vec<f32>,
    bent: Vec<f32>,
    arcs: Vec<f32>,
    hidden: Vec<f32>,
    relations: Vec<f32>,
    across: Matrix,
}

impl Network {
    /// Builds it from a model's sections.
    ///
    /// # Errors
    ///
    /// When a section is missing or has not the size that the others ask for.
    pub fn open(model: &Model) -> Result<Network, Error> {
        let sizes = Sizes::read(model.section("sizes")?)?;
        let mut names = model.section("names")?;
        let mut take = |n: usize| {
            (0..n).map(|_| names.name().map(str::to_string)).collect::<Result<Vec<_>, _>>()
        };
        let relation_names = take(sizes.relations)?;
        let class_names = sizes.classes.iter().map(|n| take(*n)).collect::<Result<_, _>>()?;
        let keys = numbers(model.section("keys")?, u32::from_le_bytes)?;
        let scales = numbers(model.section("scales")?, f32::from_le_bytes)?;
        let rows: Vec<i8> = model.section("rows")?.rest().iter().map(|b| *b as i8).collect();
        let malformed = |name: &str| Error::Section(name.to_string());
        if scales.len() != keys.len() || scales.iter().any(|s| !s.is_finite()) {
            return Err(malformed("scales"));
        }
        if rows.len() != keys.len() * sizes.embedding {
            return Err(malformed("rows"));
        }
        let bits = |pair: [u8; 2]| f32::from_bits(u32::from(u16::from_le_bytes(pair)) << 16);
        let dense = numbers(model.section("dense")?, bits)?;
        let layout = sizes.layout();
        if dense.len() != layout.total || dense.iter().any(|x| !x.is_finite()) {
            return Err(malformed("dense"));
        }
        let table = Table::new(keys.iter().copied());
        let vector = |at: usize, n: usize| dense[at..at + n].to_vec();
        let matrix = |at: usize, rows, columns| Matrix::pack(&dense[at..], rows, columns);
        let gates = 4 * sizes.hidden;
        let direction = |layer: usize, at: LstmLayout| Direction {
            input: matrix(at.input, sizes.input(layer), gates),
            bias: vector(at.bias, gates),
            recurrent: matrix(at.recurrent, sizes.hidden, gates),
        };
        let layers = layout.lstm.iter().enumerate();
        Ok(Network {
            root: vector(layout.root, sizes.embedding),
            layers: layers.map(|(i, both)| both.map(|at| direction(i, at))).collect(),
            heads: matrix(layout.heads, 2 * sizes.hidden, sizes.heads()),
            heads_bias: vector(layout.heads_bias, sizes.heads()),
            arcs: matrix(layout.arcs, sizes.arc, sizes.arc),
            arcs_bias: vector(layout.arcs_bias, sizes.arc),
            relations: matrix(layout.relations, sizes.relation, sizes.relations),
            relations_bias: vector(layout.relations_bias, sizes.relations),
            sizes,
            table,
            scales,
            rows,
            relation_names,
            class_names,
        })
    }

    /// The names of the relations, by index.
    pub fn relations(&self) -> &[String] {
        &self.relation_names
    }

    /// The names of each classifier's classes, by index.
    pub fn classes(&self) -> &[Vec<String>] {
        &self.class_names
    }

    /// Reads sentences.
    pub fn read(&self, batch: &Batch, out: &mut Scores) {
        widest(
            #[inline(always)]
            || self.embed_all(batch, out),
        );
        for layer in &self.layers {
            self.run_layer(layer, out);
            std::mem::swap(&mut out.inputs, &mut out.states);
        }
        let places = out.places.last().map_or(0, |p| p.end);
        fill_rows(&mut out.heads, &self.heads_bias, places);
        multiply_add(&out.inputs, &self.heads, &mut out.heads);
        let (a, width) = (self.sizes.arc, self.sizes.heads());
        out.dependents.clear();
        out.governors.clear();
        for row in out.heads.chunks_exact(width) {
            out.dependents.extend(row[..a].iter().map(|x| x.max(0.0)));
            out.governors.extend(row[a..2 * a].iter().map(|x| x.max(0.0)));
        }
        fill_rows(&mut out.bent, &self.arcs_bias, places);
        multiply_add(&out.dependents, &self.arcs, &mut out.bent);
    }

    #[inline(always)]
    fn embed_all(&self, batch: &Batch, out: &mut Scores) {
        out.inputs.clear();
        out.places.clear();
        let mut first = 0;
        for end in &batch.sentences {
            let start = out.inputs.len() / self.sizes.embedding;
            out.inputs.extend(&self.root);
            for word in first..*end {
                let at = out.inputs.len();
                out.inputs.resize(at + self.sizes.embedding, 0.0);
                self.embed(batch.keys(word), &mut out.inputs[at..]);
            }
            first = *end;
            out.places.push(start..out.inputs.len() / self.sizes.embedding);
        }
    }

    #[inline(always)]
    fn embed(&self, keys: &[Key], out: &mut [f32]) {
        let width = self.sizes.embedding;
        for row in keys.iter().filter_map(|k| self.table.row(*k)) {
            let scale = self.scales[row];
            for (o, x) in out.iter_mut().zip(&self.rows[row * width..][..width]) {
                *o += scale * f32::from(*x);
            }
        }
    }

    fn run_layer(&self, layer: &[Direction; 2], out: &mut Scores) {
        let h = self.sizes.hidden;
        let places = out.places.last().map_or(0, |p| p.end);
        out.states.clear();
        out.states.resize(places * 2 * h, 0.0);
        out.cells.resize(places * h, 0.0);
        for (side, direction) in layer.iter().enumerate() {
            fill_rows(&mut out.gates, &direction.bias, places);
            multiply_add(&out.inputs, &direction.input, &mut out.gates);
            let lstm = Lstm {
                recurrent: &direction.recurrent,
                sentences: &out.places,
                gates: &mut out.gates,
                cells: &mut out.cells[..places * h],
                states: &mut out.states,
                stride: 2 * h,
                at: side * h,
                backwards: side == 1,
                mask: None,
            };
            lstm.run();
        }
    }

    /// The scores of arcs in sentence `sentence`: for each word those of its heads, `words + 1`
    /// numbers, the root first.
    pub fn score_arcs<'s>(&self, sentence: usize, of: &'s mut Scores) -> &'s [f32] {
        let a = self.sizes.arc;
        let places = of.places[sentence].clone();
        let governors = &of.governors[places.start * a..places.end * a];
        of.across.repack_transposed(governors, a, places.len());
        of.arcs.clear();
        of.arcs.resize(places.len() * (places.len() - 1), 0.0);
        let dependents = &of.bent[(places.start + 1) * a..places.end * a];
        multiply_add(dependents, &of.across, &mut of.arcs);
        &of.arcs
    }

    /// The scores of all relations for each word of sentence `sentence` under its head (0 is the
    /// root): [`Sizes::relations`] numbers a word.
    pub fn score_relations<'s>(
        &self,
        sentence: usize,
        heads: &[u32],
        of: &'s mut Scores,
    ) -> &'s [f32] {
        let (width, r) = (self.sizes.heads(), self.sizes.relation);
        let at = 2 * self.sizes.arc;
        let first = of.places[sentence].start;
        of.hidden.clear();
        for (word, head) in heads.iter().enumerate() {
            let dependent = &of.heads[(first + word + 1) * width + at..][..r];
            let head = &of.heads[(first + *head as usize) * width + at + r..][..r];
            of.hidden.extend(dependent.iter().zip(head).map(|(d, h)| (d + h).max(0.0)));
        }
        fill_rows(&mut of.relations, &self.relations_bias, heads.len());
        multiply_add(&of.hidden, &self.relations, &mut of.relations);
        &of.relations
    }

    /// The scores of the classes of classifier `which` for word `word` (from 0) of sentence
    /// `sentence`.
    pub fn score_classes<'s>(
        &self,
        which: usize,
        sentence: usize,
        word: usize,
        of: &'s Scores,
    ) -> &'s [f32] {
        let width = self.sizes.heads();
        let before: usize = self.sizes.classes[..which].iter().sum();
        let at = 2 * self.sizes.arc + 2 * self.sizes.relation + before;
        let place = of.places[sentence].start + word + 1;
        &of.heads[place * width + at..][..self.sizes.classes[which]]
    }
}

/// `count` copies of `row`.
fn fill_rows(out: &mut Vec<f32>, row: &[f32], count: usize) {
    out.clear();
    for _ in 0..count {
        out.extend_from_slice(row);
    }
}

/// All numbers of a section, each of `N` bytes.
fn numbers<const N: usize, T>(
    mut section: Reader,
    from: impl Fn([u8; N]) -> T,
) -> Result<Vec<T>, Error> {
    let malformed = section.error();
    let (numbers, rest) = section.rest().as_chunks::<N>();
    if !rest.is_empty() {
        return Err(malformed);
    }
    Ok(numbers.iter().map(|bytes| from(*bytes)).collect())
}
