package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.HeaderBytes;
import dev.sallyport.api.Headers;
import dev.sallyport.api.UserInfo;
import dev.sallyport.server.chain.PercentCoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers that ask to act as somebody else.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/">Kubernetes:
 *     user impersonation</a>
 */
final class ImpersonationHeaders {

  private static final String PREFIX = "impersonate";
  private static final String USER = "Impersonate-User";
  private static final String UID = "Impersonate-Uid";
  private static final String GROUP = "Impersonate-Group";
  private static final String EXTRA = "Impersonate-Extra-";

  private ImpersonationHeaders() {}

  /**
   * Whether a header of that name may be taken for a wish to impersonate, here or by somebody
   * behind us who reads an underscore as a hyphen.
   */
  static boolean covers(String name) {
    int length = PREFIX.length();
    return name.length() > length
        && (name.charAt(length) == '-' || name.charAt(length) == '_')
        && name.regionMatches(true, 0, PREFIX, 0, length);
  }

  static boolean present(Headers headers) {
    Search search = new Search();
    headers.forEach(search);
    return search.found;
  }

  /**
   * Who is asked for, just as the headers say it: of several names and uids the first, all groups,
   * all extra values. The name is "" when none was given.
   */
  static UserInfo wanted(Headers headers) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String key = extraKey(name);
          if (key != null) {
            extra.computeIfAbsent(key, unused -> new ArrayList<>(1)).add(HeaderBytes.utf8(value));
          }
        });
    return new UserInfo(
        textOf(headers.first(USER)),
        textOf(headers.first(UID)),
        headers.all(GROUP).stream().map(HeaderBytes::utf8).toList(),
        extra);
  }

  private static String textOf(@Nullable String value) {
    return value == null ? "" : HeaderBytes.utf8(value);
  }

  private static @Nullable String extraKey(String header) {
    if (!header.regionMatches(true, 0, EXTRA, 0, EXTRA.length())) {
      return null;
    }
    String escaped = header.substring(EXTRA.length()).toLowerCase(Locale.ROOT);
    String key = PercentCoding.decodePath(escaped);
    return key == null ? escaped : key;
  }

  /** Looks for one such header without leaving a trace on requests that have none. */
  private static final class Search implements BiConsumer<String, String> {
    private boolean found;

    @Override
    public void accept(String name, String value) {
      found |= covers(name);
    }
  }
}
