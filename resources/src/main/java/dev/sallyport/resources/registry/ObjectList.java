package dev.sallyport.resources.registry;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of objects.
 *
 * @param kind the list's kind, such as ConfigMapList
 * @param revision the resourceVersion the page was read at
 * @param continueToken "" on the last page
 * @param remaining how many objects are on later pages; -1 when unknown
 * @param named whether each object says its kind and apiVersion, as custom ones do
 */
public record ObjectList(
    GroupVersionKind kind,
    List<StoredObject> objects,
    long revision,
    String continueToken,
    long remaining,
    boolean named) {

  private static final byte[] END = {']', '}'};

  /** How many bytes of JSON the objects have together, their kinds and versions included. */
  public long weight() {
    long weight = 0;
    for (int i = 0; i < objects.size(); i++) {
      weight += objects.get(i).json().length;
    }
    return weight;
  }

  /** Bytes of {@link #json}. */
  public long length() {
    return size(head().length);
  }

  /**
   * Canonical JSON: the objects' bytes as they are stored, without their kind and apiVersion unless
   * named.
   */
  public byte[] json() {
    byte[] head = head();
    byte[] json = new byte[Math.toIntExact(size(head.length))];
    System.arraycopy(head, 0, json, 0, head.length);
    int at = head.length;
    for (int i = 0; i < objects.size(); i++) {
      if (i > 0) {
        json[at++] = ',';
      }
      StoredObject object = objects.get(i);
      int skipped = skipped(object);
      json[at++] = '{';
      int length = object.json().length - skipped;
      System.arraycopy(object.json(), skipped, json, at, length);
      at += length;
    }
    System.arraycopy(END, 0, json, at, END.length);
    return json;
  }

  private long size(int head) {
    long size = (long) head + END.length + Math.max(0, objects.size() - 1);
    for (StoredObject object : objects) {
      size += 1 + object.json().length - skipped(object);
    }
    return size;
  }

  /** How many bytes of an object, its brace among them, an item begins without. */
  public int skipped(StoredObject object) {
    return named ? 1 : object.headLength();
  }

  /** The JSON before the first item. */
  public byte[] head() {
    StringBuilder head = new StringBuilder(160);
    head.append("{\"kind\":\"").append(kind.kind());
    head.append("\",\"apiVersion\":\"").append(kind.apiVersion());
    head.append("\",\"metadata\":").append(metadata()).append(",\"items\":[");
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The list's metadata as JSON, for tables too. */
  public String metadata() {
    StringBuilder metadata = new StringBuilder(80);
    metadata.append("{\"resourceVersion\":\"").append(revision).append('"');
    if (!continueToken.isEmpty()) {
      metadata.append(",\"continue\":\"").append(continueToken).append('"');
      if (remaining > 0) {
        metadata.append(",\"remainingItemCount\":").append(remaining);
      }
    }
    return metadata.append('}').toString();
  }
}
