package dev.sallyport.webhook;

import java.util.Objects;

/**
 * A text that must never be seen: {@code toString} is {@code ***}.
 *
 * @param reveal the text itself, for the wire and nothing else
 */
public record Secret(String reveal) {

  public Secret {
    Objects.requireNonNull(reveal, "reveal");
  }

  @Override
  public String toString() {
    return "***";
  }
}
