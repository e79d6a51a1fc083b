package dev.sallyport.controllers.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.csr.CertificateRequest;
import dev.sallyport.config.csr.CertificateRequestException;
import dev.sallyport.config.csr.RequestSigner;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.queue.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives approved requests their certificate, by the signers that have an authority here. One that
 * breaks its signer's rules is marked as failed.
 */
public final class RequestIssuer {

  private static final Logger log = LoggerFactory.getLogger(RequestIssuer.class);

  /** Twice the time by which certificates are backdated. */
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private final ObjectClient client;
  private final Map<SignerName, Watched<CertificateAuthority>> authorities;
  private final Clock clock;
  private final Duration longest;
  private final DueRequests requests;

  /**
   * @param longest how long a certificate lasts at most, and when its request says nothing
   * @param executor where requests are read and certificates are signed
   * @param later runs a task on the executor after a pause
   */
  public RequestIssuer(
      ObjectClient client,
      Map<SignerName, Watched<CertificateAuthority>> authorities,
      Clock clock,
      Duration longest,
      Executor executor,
      Executor later) {
    this.client = client;
    this.authorities = Map.copyOf(authorities);
    this.clock = clock;
    this.longest = longest;
    this.requests =
        new DueRequests(client, "Signing the request", this::due, this::issue, executor, later);
  }

  public void start() {
    requests.follow();
  }

  private boolean due(RequestObject request) {
    return request.is(RequestObject.APPROVED)
        && !request.is(RequestObject.DENIED)
        && !request.is(RequestObject.FAILED)
        && request.certificate().isEmpty()
        && authority(request) != null;
  }

  private @Nullable Watched<CertificateAuthority> authority(RequestObject request) {
    SignerName name = SignerName.of(request.signerName());
    return name == null ? null : authorities.get(name);
  }

  private Answer<Boolean> issue(RequestObject object) {
    Watched<CertificateAuthority> authority = authority(object);
    SignerName name = SignerName.of(object.signerName());
    if (authority == null || name == null) {
      return Answer.now(true);
    }
    try {
      CertificateRequest request = object.request();
      Optional<String> fault = SignerRules.fault(name, request, object.usages());
      if (fault.isPresent()) {
        return fail(object, fault.get());
      }
      // Made here and not at start, which would load the library behind it.
      RequestSigner signer = new RequestSigner(clock);
      String pem = signer.sign(authority.current(), request, object.usages(), lifetime(object));
      return store(object, pem);
    } catch (CertificateRequestException e) {
      log.warn("Request {} was not signed, trying again: {}", object.name(), e.fault());
      return Answer.now(false);
    }
  }

  private Duration lifetime(RequestObject object) {
    JsonNode seconds = object.json().path("spec").path("expirationSeconds");
    if (!seconds.isNumber()) {
      return longest;
    }
    Duration asked = Duration.ofSeconds(seconds.asLong());
    if (asked.compareTo(longest) > 0) {
      return longest;
    }
    return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
  }

  private Answer<Boolean> store(RequestObject object, String pem) {
    String base64 = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    return write(
        object,
        current -> {
          ObjectNode changed = current.deepCopy();
          changed.withObjectProperty("status").put("certificate", base64);
          return changed;
        });
  }

  private Answer<Boolean> fail(RequestObject object, String fault) {
    log.info("Request {} is not signed: {}", object.name(), fault);
    return write(
        object,
        current ->
            RequestObject.with(current, RequestObject.FAILED, "SignerValidationFailure", fault));
  }

  private Answer<Boolean> write(RequestObject judged, ObjectChange change) {
    return Outcomes.settled(
        () ->
            client.update(
                RequestObject.RESOURCE,
                "",
                judged.name(),
                "status",
                current -> {
                  RequestObject now = new RequestObject(current);
                  return now.uid().equals(judged.uid()) && due(now) ? change.of(current) : current;
                }));
  }

  private interface ObjectChange {
    ObjectNode of(ObjectNode current);
  }
}
