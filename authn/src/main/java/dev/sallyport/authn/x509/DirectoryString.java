package dev.sallyport.authn.x509;

import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the ASN.1 string types that names are made of; what is broken is refused, never mended. */
final class DirectoryString {
  private static final String PRINTABLE_MARKS = " '()+,-./:=?*&";

  private DirectoryString() {}

  /** The next value as text, or null when it is no string at all. */
  static @Nullable String read(DerReader reader) throws DerException {
    int tag = reader.peekTag();
    return switch (tag) {
      case Tag.UTF8_STRING -> decode(reader.read(tag), StandardCharsets.UTF_8);
      case Tag.PRINTABLE_STRING -> printable(reader.read(tag));
      case Tag.IA5_STRING, Tag.NUMERIC_STRING ->
          decode(reader.read(tag), StandardCharsets.US_ASCII);
      case Tag.T61_STRING -> new String(reader.read(tag), StandardCharsets.ISO_8859_1);
      case Tag.BMP_STRING -> decode(reader.read(tag), StandardCharsets.UTF_16BE);
      default -> {
        reader.skip();
        yield null;
      }
    };
  }

  private static String printable(byte[] bytes) throws DerException {
    String text = decode(bytes, StandardCharsets.US_ASCII);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letterOrDigit && PRINTABLE_MARKS.indexOf(c) < 0) {
        throw new DerException("a PrintableString with a character outside its set");
      }
    }
    return text;
  }

  private static String decode(byte[] bytes, Charset charset) throws DerException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DerException("a name that is not " + charset);
    }
  }
}
