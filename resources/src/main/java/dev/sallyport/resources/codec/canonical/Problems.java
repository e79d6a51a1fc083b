package dev.sallyport.resources.codec.canonical;

import java.util.ArrayList;
import java.util.List;

/** What strict decoding refuses and lenient decoding drops: unknown and doubled fields. */
public final class Problems {

  /** More are of no use to anybody; the texts are part of an answer. */
  private static final int MOST = 100;

  private final List<String> texts = new ArrayList<>();

  public void add(String text) {
    if (texts.size() < MOST) {
      texts.add(text);
    }
  }

  /** In the order in which they were met. */
  public List<String> texts() {
    return texts;
  }
}
