package dev.sallyport.authn.factory;

import dev.sallyport.authn.x509.TrustBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two bundles as one, made anew when either is another: verdicts last as long as their bundle. */
final class BothBundles implements Supplier<TrustBundle> {
  private record Made(TrustBundle first, TrustBundle second, TrustBundle both) {}

  private final Supplier<TrustBundle> first;
  private final Supplier<TrustBundle> second;
  private volatile @Nullable Made made;

  BothBundles(Supplier<TrustBundle> first, Supplier<TrustBundle> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public TrustBundle get() {
    TrustBundle one = first.get();
    TrustBundle two = second.get();
    Made known = made;
    if (known == null || known.first() != one || known.second() != two) {
      known = make(one, two);
    }
    return known.both();
  }

  /** One at a time, so that all who come at once get the same one. */
  private synchronized Made make(TrustBundle one, TrustBundle two) {
    Made known = made;
    if (known == null || known.first() != one || known.second() != two) {
      known = new Made(one, two, one.and(two));
      made = known;
    }
    return known;
  }
}
