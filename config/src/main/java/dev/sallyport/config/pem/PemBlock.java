package dev.sallyport.config.pem;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One labelled block of a PEM file. Text around blocks is skipped, as everybody does.
 *
 * @param label what stands after BEGIN
 * @param der the decoded bytes
 * @param encrypted whether its headers say that it is encrypted
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, byte[] der, boolean encrypted) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /**
   * All blocks in order.
   *
   * @throws InvalidFileException when a block has no end or is no base64: a file half written
   */
  static List<PemBlock> readAll(FileContent content) throws InvalidFileException {
    String text = new String(content.bytes(), StandardCharsets.ISO_8859_1);
    List<PemBlock> blocks = new ArrayList<>();
    int at = beginning(text, 0);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
      String tail = "-----END " + label + DASHES;
      int end = text.indexOf(tail, at);
      if (labelEnd < 0 || end < 0) {
        throw new InvalidFileException(content.file(), "a PEM block has no end");
      }
      blocks.add(decode(content, label, text.substring(labelEnd + DASHES.length(), end)));
      at = beginning(text, end + tail.length());
    }
    return blocks;
  }

  private static int beginning(String text, int from) {
    int at = text.indexOf(BEGIN, from);
    while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
      at = text.indexOf(BEGIN, at + 1);
    }
    return at;
  }

  private static PemBlock decode(FileContent content, String label, String body)
      throws InvalidFileException {
    // RFC 1421 headers, as openssl writes them for encrypted keys, end at the last line with a
    // colon.
    int lastColon = body.lastIndexOf(':');
    int start = lastColon < 0 ? 0 : body.indexOf('\n', lastColon) + 1;
    StringBuilder base64 = new StringBuilder(body.length());
    for (int i = start; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c > ' ') {
        base64.append(c);
      }
    }
    try {
      byte[] der = Base64.getDecoder().decode(base64.toString());
      return new PemBlock(label, der, body.contains("ENCRYPTED"));
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(
          content.file(), "the PEM block " + label + " is not base64", e);
    }
  }
}
