package dev.sallyport.resources.table;

import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Objects reduced to their metadata: meta.k8s.io/v1 PartialObjectMetadata and its list.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources">Alternate
 *     representations of resources</a>
 */
public final class PartialMetadata {

  private static final String HEAD =
      "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":";

  private PartialMetadata() {}

  public static byte[] of(StoredObject object) {
    return text(object).getBytes(StandardCharsets.UTF_8);
  }

  /** The same as text, for a table's rows. */
  static String text(StoredObject object) {
    return HEAD + MetadataSlice.of(object) + "}";
  }

  /**
   * @param listMetadata the list's metadata as JSON
   */
  public static byte[] list(String listMetadata, List<StoredObject> objects) {
    StringBuilder json = new StringBuilder(256 + objects.size() * 256);
    json.append(head(listMetadata));
    for (int i = 0; i < objects.size(); i++) {
      json.append(i == 0 ? "" : ",").append(text(objects.get(i)));
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A list's JSON before its first item. */
  public static String head(String listMetadata) {
    return "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
        + listMetadata
        + ",\"items\":[";
  }

  /** A bookmark of a watch for metadata. */
  public static byte[] bookmark(long revision, boolean initialEnd) {
    StringBuilder json = new StringBuilder(HEAD);
    json.append("{\"resourceVersion\":\"").append(revision).append('"');
    if (initialEnd) {
      json.append(",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
    }
    return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
