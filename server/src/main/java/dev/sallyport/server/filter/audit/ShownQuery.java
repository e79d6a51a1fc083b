package dev.sallyport.server.filter.audit;

/**
 * A query as it may be written down: a bearer token that somebody put into it is no credential
 * here, and may well be one elsewhere.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.3">RFC 6750, 2.3</a>
 */
final class ShownQuery {
  private static final String TOKEN = "access_token=";
  private static final String MASK = "***";

  private ShownQuery() {}

  static String of(String query) {
    int found = next(query, 0);
    if (found < 0) {
      return query;
    }
    StringBuilder shown = new StringBuilder(query.length());
    int copied = 0;
    while (found >= 0) {
      int value = found + TOKEN.length();
      int end = query.indexOf('&', value);
      shown.append(query, copied, value).append(MASK);
      copied = end < 0 ? query.length() : end;
      found = next(query, copied);
    }
    return shown.append(query, copied, query.length()).toString();
  }

  /** Where the parameter begins at or behind a place; -1 for nowhere. */
  private static int next(String query, int from) {
    int found = query.indexOf(TOKEN, from);
    while (found > 0 && query.charAt(found - 1) != '&') {
      found = query.indexOf(TOKEN, found + 1);
    }
    return found;
  }
}
