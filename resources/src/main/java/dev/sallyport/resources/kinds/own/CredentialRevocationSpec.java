package dev.sallyport.resources.kinds.own;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a CredentialRevocation calls in. Of the four ways to name it one is set, the others are "".
 *
 * @param fingerprint of a certificate: SHA-256 of its DER form, 64 lower-case hexadecimal digits
 * @param serialNumber of a certificate: lower-case hexadecimal digits without leading zeros
 * @param tokenId a token's {@code jti}
 * @param user whose credentials
 * @param issuedBefore with {@code user}: those issued before, in milliseconds since the epoch
 */
public record CredentialRevocationSpec(
    String fingerprint, String serialNumber, String tokenId, String user, long issuedBefore) {

  /** Reads a valid {@code spec}; colons and upper case, as openssl prints them, make no odds. */
  public static CredentialRevocationSpec read(JsonNode spec) {
    JsonNode certificate = spec.path("certificate");
    JsonNode user = spec.path("user");
    Instant before = instant(user.path("issuedBefore").asText());
    return new CredentialRevocationSpec(
        hex(certificate.path("sha256").asText()),
        withoutLeadingZeros(hex(certificate.path("serialNumber").asText())),
        spec.path("token").path("id").asText(),
        user.path("name").asText(),
        before == null ? Long.MAX_VALUE : before.toEpochMilli());
  }

  static String hex(String text) {
    String digits = text.toLowerCase(Locale.ROOT).replace(":", "");
    return digits.startsWith("0x") ? digits.substring(2) : digits;
  }

  private static String withoutLeadingZeros(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }

  static @Nullable Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
