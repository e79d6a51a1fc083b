package dev.sallyport.server.chain;

import dev.sallyport.resources.registry.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's query parameters in order, decoded once. Pairs that cannot be decoded, or that hold a
 * semicolon, are left out, as kube-apiserver's parser does. Immutable.
 */
public final class Query implements QueryParameters {

  public static final Query EMPTY = new Query(List.of());

  /** Names and values by turns. */
  private final List<String> pairs;

  private Query(List<String> pairs) {
    this.pairs = pairs;
  }

  /** Reads what stands behind the question mark. */
  public static Query parse(String raw) {
    if (raw.isEmpty()) {
      return EMPTY;
    }
    List<String> pairs = new ArrayList<>(8);
    int start = 0;
    while (start <= raw.length()) {
      int end = raw.indexOf('&', start);
      if (end < 0) {
        end = raw.length();
      }
      addPair(pairs, raw, start, end);
      start = end + 1;
    }
    return new Query(pairs);
  }

  private static void addPair(List<String> pairs, String raw, int start, int end) {
    int semicolon = raw.indexOf(';', start);
    if (start == end || (semicolon >= 0 && semicolon < end)) {
      return;
    }
    int equals = raw.indexOf('=', start);
    boolean valued = equals >= 0 && equals < end;
    String name = PercentCoding.decodeQuery(raw, start, valued ? equals : end);
    String value = valued ? PercentCoding.decodeQuery(raw, equals + 1, end) : "";
    if (name != null && value != null) {
      pairs.add(name);
      pairs.add(value);
    }
  }

  public boolean isEmpty() {
    return pairs.isEmpty();
  }

  public boolean has(String name) {
    return first(name) != null;
  }

  /** The first value of that name, or null. */
  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        return pairs.get(i + 1);
      }
    }
    return null;
  }

  /** All values of that name in order. */
  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        values.add(pairs.get(i + 1));
      }
    }
    return values;
  }
}
