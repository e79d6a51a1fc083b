package dev.sallyport.server.endpoint.token;

import dev.sallyport.api.Headers;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A token or a certificate that is looked at instead of the caller's own: as if a request had come
 * with it and with nothing else.
 *
 * @param authorization the Authorization header's value, or null without a token
 */
record ShownCredential(PeerCertificates peer, @Nullable String authorization, Audiences audiences)
    implements AuthenticationRequest, Headers {

  private static final String PEM = "-----BEGIN ";

  /**
   * @param body a token, or a chain of certificates in PEM, leaf first
   * @throws StatusException 400 when it is neither
   */
  static ShownCredential read(byte[] body, Audiences audiences) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.contains(PEM)) {
      return new ShownCredential(certificates(body), null, audiences);
    }
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new StatusException(
          Status.badRequest("the body is neither one token nor a chain of PEM certificates"));
    }
    return new ShownCredential(PeerCertificates.NONE, "Bearer " + text, audiences);
  }

  private static PeerCertificates certificates(byte[] pem) {
    try {
      return new PeerCertificates(Certificates.parse(new FileContent(Path.of("the body"), pem)));
    } catch (InvalidFileException e) {
      throw new StatusException(Status.badRequest("the body " + e.fault()));
    }
  }

  @Override
  public Headers headers() {
    return this;
  }

  @Override
  public String path() {
    return ExplanationEndpoint.PATH;
  }

  @Override
  public @Nullable String first(String name) {
    return name.equalsIgnoreCase("Authorization") ? authorization : null;
  }

  @Override
  public List<String> all(String name) {
    String value = first(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    if (authorization != null) {
      visitor.accept("Authorization", authorization);
    }
  }

  /** Holds a credential. */
  @Override
  public String toString() {
    return "ShownCredential";
  }
}
