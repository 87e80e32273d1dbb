use std::io::BufRead;
fn main() {
    let lang = std::env::args().nth(1).unwrap();
    let day = std::env::args().nth(2).and_then(|d| d.parse().ok());
    let pack = recoupe::lang::pack(&lang).unwrap();
    for l in std::io::stdin().lock().lines() {
        let l = l.unwrap();
        let t = recoupe::analyse::time::tag(&l, &[recoupe::article::Span::new(0, l.len())], day, pack);
        let s: Vec<String> = t.iter().map(|t| format!("[{}] {} {}", t.span.of(&l), t.value, t.modifier.unwrap_or(""))).collect();
        println!("{l}\t{}", s.join(" ; "));
    }
}
