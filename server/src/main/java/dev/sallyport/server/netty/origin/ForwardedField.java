package dev.sallyport.server.netty.origin;

import dev.sallyport.api.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Forwarded (RFC 7239, section 4). A header that breaks its grammar anywhere says nothing at
 * all: where elements end in it is anybody's guess.
 */
final class ForwardedField {

  private static final int LONGEST = 8192;

  private final String text;
  private int at;

  private ForwardedField(String text) {
    this.text = text;
  }

  static TrustedProxies.Claims of(Headers headers) {
    String whole = String.join(",", headers.all("forwarded"));
    List<@Nullable InetAddress> named = new ArrayList<>();
    if (whole.isEmpty() || whole.length() > LONGEST || !new ForwardedField(whole).elements(named)) {
      return () -> null;
    }
    return new FromEnd(named);
  }

  /** False when the grammar is broken. */
  private boolean elements(List<@Nullable InetAddress> named) {
    do {
      String node = null;
      do {
        blanks();
        int start = at;
        String name = token();
        if (name.isEmpty()) {
          return false;
        }
        String value = accept('=') ? value() : null;
        boolean names = text.regionMatches(true, start, "for", 0, 3) && name.length() == 3;
        if (value == null || names && node != null) {
          return false;
        }
        node = names ? value : node;
        blanks();
      } while (accept(';'));
      named.add(node == null ? null : NodeName.address(node));
    } while (accept(','));
    return at == text.length();
  }

  private boolean accept(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private String token() {
    int start = at;
    while (at < text.length() && tokenCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean tokenCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  /** A token or a quoted string, or null. */
  private @Nullable String value() {
    if (!accept('"')) {
      String token = token();
      return token.isEmpty() ? null : token;
    }
    StringBuilder quoted = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return quoted.toString();
      }
      if (c == '\\') {
        if (at == text.length()) {
          return null;
        }
        c = text.charAt(at++);
      }
      quoted.append(c);
    }
    return null;
  }

  private static final class FromEnd implements TrustedProxies.Claims {
    private final List<@Nullable InetAddress> named;
    private int left;

    FromEnd(List<@Nullable InetAddress> named) {
      this.named = named;
      this.left = named.size();
    }

    @Override
    public @Nullable InetAddress next() {
      return left == 0 ? null : named.get(--left);
    }
  }
}
