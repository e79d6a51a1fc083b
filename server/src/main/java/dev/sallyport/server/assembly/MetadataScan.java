package dev.sallyport.server.assembly;

import java.nio.charset.StandardCharsets;

/**
 * Looks for members of metadata in stored JSON without parsing it. May find one that is no member
 * of metadata, never misses one.
 */
final class MetadataScan {
  private static final byte[] DELETION = member("deletionTimestamp");
  private static final byte[] OWNERS = member("ownerReferences");
  // With its bracket, so that no label of that name passes for it: labels are texts.
  private static final byte[] FIELDS = "\"managedFields\":[".getBytes(StandardCharsets.US_ASCII);

  private MetadataScan() {}

  /** Whether the object may be one that is being deleted. */
  static boolean mentionsDeletion(byte[] json) {
    return mentions(json, DELETION, DELETION);
  }

  /** Whether the object may name an owner, or be one that is being deleted. */
  static boolean concernsCollector(byte[] json) {
    return mentions(json, DELETION, OWNERS);
  }

  /** Ends at managedFields, which stand behind all others in metadata and before the content. */
  private static boolean mentions(byte[] json, byte[] one, byte[] other) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '"') {
        if (at(json, i, one) || at(json, i, other)) {
          return true;
        }
        if (at(json, i, FIELDS)) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean at(byte[] json, int from, byte[] text) {
    if (json.length - from < text.length) {
      return false;
    }
    for (int i = 1; i < text.length; i++) {
      if (json[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] member(String name) {
    return ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
  }
}
