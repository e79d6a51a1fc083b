package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An alternative name, or the root of a tree of them.
 *
 * @param kind the number of its choice in RFC 5280's GeneralName
 * @param bytes its content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GeneralName(int kind, byte[] bytes) {
  static final int MAIL = 1;
  static final int DNS = 2;
  static final int LINK = 6;
  private static final int ADDRESS = 7;

  static GeneralName read(DerReader reader) throws DerException {
    int tag = reader.peekTag();
    return new GeneralName(tag & 0x1f, reader.read(tag));
  }

  boolean known() {
    return switch (kind) {
      case MAIL, DNS, LINK -> true;
      case ADDRESS -> bytes.length == 8 || bytes.length == 32;
      default -> false;
    };
  }

  /** Whether {@code name}, of the same kind, lies in the tree below this. */
  boolean covers(GeneralName name) {
    return switch (kind) {
      case MAIL -> coversMail(text(), name.text());
      case DNS -> coversHost(text(), name.text());
      case LINK -> coversLink(text(), name.text());
      case ADDRESS -> coversAddress(name.bytes);
      default -> false;
    };
  }

  /** As it is in IA5: one character for each octet. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static boolean coversMail(String tree, String mailbox) {
    int at = mailbox.lastIndexOf('@');
    int treeAt = tree.lastIndexOf('@');
    String host = mailbox.substring(at + 1);
    if (treeAt < 0) {
      return coversHost(tree, host);
    }
    return at >= 0
        && mailbox.substring(0, at).equals(tree.substring(0, treeAt))
        && host.equalsIgnoreCase(tree.substring(treeAt + 1));
  }

  private static boolean coversLink(String tree, String link) {
    @Nullable String host;
    try {
      host = URI.create(link).getHost();
    } catch (IllegalArgumentException e) {
      host = null;
    }
    return host != null && coversHost(tree, host);
  }

  /** A leading dot asks for at least one more label; without one the host itself lies within. */
  private static boolean coversHost(String tree, String host) {
    if (tree.isEmpty()) {
      return true;
    }
    String end = tree.toLowerCase(Locale.ROOT);
    String whole = host.toLowerCase(Locale.ROOT);
    if (end.startsWith(".")) {
      return whole.endsWith(end);
    }
    return whole.equals(end) || whole.endsWith("." + end);
  }

  private boolean coversAddress(byte[] address) {
    if (bytes.length != 2 * address.length) {
      return false;
    }
    for (int i = 0; i < address.length; i++) {
      int mask = bytes[address.length + i];
      if ((address[i] & mask) != (bytes[i] & mask)) {
        return false;
      }
    }
    return true;
  }
}
