package dev.sallyport.resources.table;

import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;

/** Finds the metadata of canonical JSON without parsing it: it stands first behind the head. */
final class MetadataSlice {

  private static final byte[] NAME = "\"metadata\":".getBytes(StandardCharsets.UTF_8);

  private MetadataSlice() {}

  /** The metadata as JSON text. */
  static String of(StoredObject object) {
    byte[] json = object.json();
    int start = object.headLength() + NAME.length;
    int end = endOfObject(json, start);
    return new String(json, start, end - start, StandardCharsets.UTF_8);
  }

  /** The offset behind the object that begins at {@code start}. */
  private static int endOfObject(byte[] json, int start) {
    int depth = 0;
    boolean inText = false;
    for (int i = start; i < json.length; i++) {
      byte c = json[i];
      if (inText) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inText = false;
        }
      } else if (c == '"') {
        inText = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("not canonical JSON");
  }
}
