package dev.sallyport.server.response;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of an Accept header.
 *
 * @param type such as application, or *
 * @param subtype such as json, or *
 * @param parameters without q; names in lower case
 * @param quality 0 to 1
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 */
record MediaRange(String type, String subtype, Map<String, String> parameters, double quality) {

  private static final Comparator<MediaRange> BEST_FIRST =
      Comparator.comparingDouble((MediaRange range) -> -range.quality)
          .thenComparing(range -> range.type.equals("*"))
          .thenComparing(range -> range.subtype.equals("*"));

  /** The ranges a client accepts, best first; what cannot be read or has quality 0 is left out. */
  static List<MediaRange> parse(String accept) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String element : accept.split(",", -1)) {
      String[] pieces = element.split(";", -1);
      String name = pieces[0].strip().toLowerCase(Locale.ROOT);
      int slash = name.indexOf('/');
      if (slash > 0 || name.equals("*")) {
        String type = slash > 0 ? name.substring(0, slash) : "*";
        String subtype = slash > 0 ? name.substring(slash + 1) : "*";
        Map<String, String> parameters = parameters(pieces);
        double quality = quality(parameters.remove("q"));
        if (quality > 0) {
          ranges.add(new MediaRange(type, subtype, parameters, quality));
        }
      }
    }
    ranges.sort(BEST_FIRST);
    return ranges;
  }

  boolean any() {
    return type.equals("*") && subtype.equals("*");
  }

  boolean covers(String mediaType) {
    if (any()) {
      return true;
    }
    int slash = mediaType.indexOf('/');
    return mediaType.substring(0, slash).equals(type)
        && (subtype.equals("*") || mediaType.substring(slash + 1).equals(subtype));
  }

  private static Map<String, String> parameters(String[] pieces) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < pieces.length; i++) {
      int equals = pieces[i].indexOf('=');
      if (equals > 0) {
        parameters.put(
            pieces[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            pieces[i].substring(equals + 1).strip());
      }
    }
    return parameters;
  }

  private static double quality(@Nullable String q) {
    if (q == null) {
      return 1;
    }
    try {
      return Double.parseDouble(q);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
