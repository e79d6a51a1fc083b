package dev.sallyport.config.csr;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate is asked for, in the API's words: a bit of the key usage or an extended key
 * usage, in the order in which the latter stand in a certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3">RFC 5280, 4.2.1.3 and
 *     4.2.1.12</a>
 */
public enum Usage {
  SIGNING("signing", 0),
  DIGITAL_SIGNATURE("digital signature", 0),
  CONTENT_COMMITMENT("content commitment", 1),
  KEY_ENCIPHERMENT("key encipherment", 2),
  DATA_ENCIPHERMENT("data encipherment", 3),
  KEY_AGREEMENT("key agreement", 4),
  CERT_SIGN("cert sign", 5),
  CRL_SIGN("crl sign", 6),
  ENCIPHER_ONLY("encipher only", 7),
  DECIPHER_ONLY("decipher only", 8),
  ANY("any", "2.5.29.37.0"),
  SERVER_AUTH("server auth", "1.3.6.1.5.5.7.3.1"),
  CLIENT_AUTH("client auth", "1.3.6.1.5.5.7.3.2"),
  CODE_SIGNING("code signing", "1.3.6.1.5.5.7.3.3"),
  EMAIL_PROTECTION("email protection", "1.3.6.1.5.5.7.3.4"),
  S_MIME("s/mime", "1.3.6.1.5.5.7.3.4"),
  IPSEC_END_SYSTEM("ipsec end system", "1.3.6.1.5.5.7.3.5"),
  IPSEC_TUNNEL("ipsec tunnel", "1.3.6.1.5.5.7.3.6"),
  IPSEC_USER("ipsec user", "1.3.6.1.5.5.7.3.7"),
  TIMESTAMPING("timestamping", "1.3.6.1.5.5.7.3.8"),
  OCSP_SIGNING("ocsp signing", "1.3.6.1.5.5.7.3.9"),
  MICROSOFT_SGC("microsoft sgc", "1.3.6.1.4.1.311.10.3.3"),
  NETSCAPE_SGC("netscape sgc", "2.16.840.1.113730.4.1");

  private static final int NO_BIT = -1;

  private final String text;
  private final int bit;
  private final String purpose;

  Usage(String text, int bit) {
    this.text = text;
    this.bit = bit;
    this.purpose = "";
  }

  Usage(String text, String purpose) {
    this.text = text;
    this.bit = NO_BIT;
    this.purpose = purpose;
  }

  /** The usage of that name, or null. */
  public static @Nullable Usage of(String text) {
    for (Usage usage : values()) {
      if (usage.text.equals(text)) {
        return usage;
      }
    }
    return null;
  }

  /** All names in alphabetical order. */
  public static List<String> names() {
    return Stream.of(values()).map(Usage::text).sorted().toList();
  }

  /** Its name in the API. */
  public String text() {
    return text;
  }

  boolean isKeyUsage() {
    return bit != NO_BIT;
  }

  /** The number of its bit in the key usage, the first being 0. */
  int bit() {
    return bit;
  }

  /** The OID of its extended key usage; "" for a bit. */
  String purpose() {
    return purpose;
  }
}
