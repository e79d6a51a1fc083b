package dev.sallyport.resources.structural.tree;

import com.google.re2j.Pattern;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A pattern, compiled when it is first asked for and kept as long as memory allows. Matching takes
 * time linear in the text, whatever the pattern is.
 */
public final class Regex {
  private final String text;
  private volatile @Nullable SoftReference<Pattern> compiled;

  public Regex(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * Whether it is found in the value.
   *
   * @throws com.google.re2j.PatternSyntaxException when it is no pattern; definitions with such a
   *     one are refused
   */
  public boolean found(String value) {
    SoftReference<Pattern> kept = compiled;
    Pattern pattern = kept == null ? null : kept.get();
    if (pattern == null) {
      pattern = Pattern.compile(text);
      compiled = new SoftReference<>(pattern);
    }
    return pattern.matcher(value).find();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Regex regex && text.equals(regex.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
