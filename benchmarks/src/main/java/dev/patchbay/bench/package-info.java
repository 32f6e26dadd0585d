/// Benchmarks beside peers: `./patchbay bench NAME`.
///
/// Each runs ours and a peer in alternation with the same client code, and prints medians, ranges and the ratio.
@NullMarked
package dev.patchbay.bench;

import org.jspecify.annotations.NullMarked;
