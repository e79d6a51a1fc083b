package dev.sallyport.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as it is served, with what selectors need parsed once. Immutable but for the slot that
 * keeps one derived form (such as its table row) for as long as the object lives.
 */
public final class StoredObject {

  private final Key key;
  private final long revision;
  private final byte[] json;
  private final int headLength;
  private final String uid;
  private final Map<String, String> labels;
  private final Map<String, String> fields;
  private volatile @Nullable Object derived;

  public StoredObject(
      Key key,
      long revision,
      byte[] json,
      int headLength,
      String uid,
      Map<String, String> labels,
      Map<String, String> fields) {
    this.key = key;
    this.revision = revision;
    this.json = json;
    this.headLength = headLength;
    this.uid = uid;
    this.labels = Map.copyOf(labels);
    this.fields = Map.copyOf(fields);
  }

  public Key key() {
    return key;
  }

  /** The revision of the write that made this state: its resourceVersion. */
  public long revision() {
    return revision;
  }

  /** The canonical JSON, resourceVersion included. Shared: never change it. */
  public byte[] json() {
    return json;
  }

  /** See {@link Draft#headLength()}. */
  public int headLength() {
    return headLength;
  }

  public String uid() {
    return uid;
  }

  public Map<String, String> labels() {
    return labels;
  }

  public Map<String, String> fields() {
    return fields;
  }

  /** What {@link #keepDerived} kept last, or null. */
  public @Nullable Object derived() {
    return derived;
  }

  /** Keeps a form derived from the JSON; a race keeps either. */
  public void keepDerived(Object form) {
    derived = form;
  }
}
