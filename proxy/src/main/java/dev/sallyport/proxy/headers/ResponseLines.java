package dev.sallyport.proxy.headers;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A backend's response headers, without those of its connection. */
public final class ResponseLines {

  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Lower-case forms of the names that backends send; bounded, since they choose them. */
  private static final Map<String, String> LOWER = new ConcurrentHashMap<>();

  private static final int MAX_NAMES = 256;

  private ResponseLines() {}

  /** Names in lower case and values, side by side. */
  public static List<String> of(HttpHeaders headers) {
    List<String> lines = new ArrayList<>(16);
    String named = String.join(",", headers.getAll(HttpHeaderNames.CONNECTION));
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = all.next();
      String name = lower(line.getKey().toString());
      if (!DROPPED.contains(name) && !names(named, name)) {
        lines.add(name);
        lines.add(text(line.getValue().toString()));
      }
    }
    return lines;
  }

  private static boolean names(String list, String name) {
    if (list.isEmpty()) {
      return false;
    }
    for (String each : list.split(",", -1)) {
      if (each.trim().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static String lower(String name) {
    String known = LOWER.get(name);
    if (known != null) {
      return known;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (LOWER.size() < MAX_NAMES) {
      LOWER.put(name, lower);
    }
    return lower;
  }

  private static String text(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return value;
  }
}
