//! Compressed bytes to bytes: gzip (RFC 1952), xz, zstd (RFC 8878), told by their first bytes,
//! one member after another, within limits.

use std::fmt;
use std::io::{self, BufReader, Read};

use ruzstd::decoding::StreamingDecoder;

/// The compression that the first bytes announce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Packing {
    Gzip,
    Xz,
    Zstd,
}

impl Packing {
    /// By magic number.
    pub fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Packing::Gzip),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Packing::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstd),
            [m, 0x2a, 0x4d, 0x18, ..] if m & 0xf0 == 0x50 => Some(Packing::Zstd),
            _ => None,
        }
    }

    /// Its name in warnings.
    pub fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Xz => "xz",
            Packing::Zstd => "zstd",
        }
    }

    /// A reader of the unpacked bytes. `window` bounds, in bytes, the dictionary that a stream
    /// may ask for.
    pub fn open<'a>(self, packed: impl Read + 'a, window: u64) -> Box<dyn Read + 'a> {
        let packed = BufReader::with_capacity(1 << 16, packed);
        match self {
            Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
            Packing::Xz => {
                let kib = u32::try_from(window >> 10).unwrap_or(u32::MAX - 1);
                Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, kib))
            }
            Packing::Zstd => {
                let packed = Unread { inner: packed, back: [0; 4], left: 0 };
                Box::new(Zstd { state: ZstdState::Between(packed), window })
            }
        }
    }
}

/// Zstd frames one after another; skippable frames are skipped.
struct Zstd<R: Read> {
    state: ZstdState<R>,
    window: u64,
}

enum ZstdState<R: Read> {
    Between(Unread<R>),
    Inside(Box<StreamingDecoder<Unread<R>, ruzstd::decoding::FrameDecoder>>),
    Done,
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, ZstdState::Done) {
                ZstdState::Done => return Ok(0),
                ZstdState::Between(packed) => self.state = next_frame(packed, self.window)?,
                ZstdState::Inside(mut frame) => {
                    let got = frame.read(buffer)?;
                    if got > 0 || buffer.is_empty() {
                        self.state = ZstdState::Inside(frame);
                        return Ok(got);
                    }
                    self.state = ZstdState::Between(frame.into_inner());
                }
            }
        }
    }
}

/// Opens the frame that comes next, after any that are to be skipped.
fn next_frame<R: Read>(mut packed: Unread<R>, window: u64) -> io::Result<ZstdState<R>> {
    loop {
        let mut magic = [0; 4];
        if packed.read(&mut magic[..1])? == 0 {
            return Ok(ZstdState::Done);
        }
        packed.read_exact(&mut magic[1..])?;
        if magic[0] & 0xf0 != 0x50 || magic[1..] != [0x2a, 0x4d, 0x18] {
            packed.back = magic;
            packed.left = magic.len();
            let frame = StreamingDecoder::new_with_max_window_size(packed, window);
            return Ok(ZstdState::Inside(Box::new(frame.map_err(io::Error::other)?)));
        }
        let mut len = [0; 4];
        packed.read_exact(&mut len)?;
        let len = u64::from(u32::from_le_bytes(len));
        io::copy(&mut packed.by_ref().take(len), &mut io::sink())?;
    }
}

/// A reader that four bytes can be given back to: the frame decoder reads the magic number
/// itself.
struct Unread<R> {
    inner: R,
    back: [u8; 4],
    left: usize,
}

impl<R: Read> Read for Unread<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return self.inner.read(buffer);
        }
        let got = (&self.back[4 - self.left..]).read(buffer)?;
        self.left -= got;
        Ok(got)
    }
}

/// Reads at most so many bytes, then fails with [`TooLong`].
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Limited<R> {
    pub fn new(inner: R, limit: u64) -> Limited<R> {
        Limited { inner, left: limit, limit }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !buffer.is_empty() {
            let more = self.inner.read(&mut [0])? > 0;
            return if more { Err(io::Error::other(TooLong(self.limit))) } else { Ok(0) };
        }
        let room = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let got = self.inner.read(&mut buffer[..room])?;
        self.left -= got as u64;
        Ok(got)
    }
}

/// The bytes go on past the limit.
#[derive(Debug)]
pub(super) struct TooLong(u64);

impl TooLong {
    /// Whether this is what an error says.
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|e| e.is::<TooLong>())
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {}", size(self.0))
    }
}

impl std::error::Error for TooLong {}

/// A number of bytes as people write it, in the largest unit that divides it.
///
/// `size(16 << 20)` is `16 MiB`.
pub(super) fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = units.iter().find(|(bits, _)| bytes >= 1 << bits && bytes.is_multiple_of(1 << bits));
    unit.map_or_else(
        || format!("{bytes} bytes"),
        |(bits, name)| format!("{} {name}", bytes >> bits),
    )
}
