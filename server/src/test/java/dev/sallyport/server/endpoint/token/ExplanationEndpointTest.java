package dev.sallyport.server.endpoint.token;

import static dev.sallyport.server.http.Contexts.body;
import static dev.sallyport.server.http.Contexts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.explain.Explainer;
import dev.sallyport.authn.union.Way;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.filter.OwnCredentialFilter;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExplanationEndpointTest {

  private final ExplanationEndpoint endpoint =
      new ExplanationEndpoint(
          new Explainer(
              ExplanationEndpointTest::server,
              List.of(
                  new Way<>("x509", request -> Answer.now(certificate(!request.peer().isEmpty())))),
              List.of(new Way<>("token-file", (token, audiences) -> Answer.now(token(token))))),
          Audiences.ANY,
          new ResponseWriter(List.of()));

  private static Answer<AuthenticationResult> server(AuthenticationRequest request) {
    AuthenticationResult result = certificate(!request.peer().isEmpty());
    String header = request.headers().first("authorization");
    return Answer.now(header == null ? result : token(header.substring(7)));
  }

  private static AuthenticationResult certificate(boolean shown) {
    return shown ? new Rejected("client certificate: unknown authority") : Abstained.INSTANCE;
  }

  private static AuthenticationResult token(String token) {
    return token.equals("good")
        ? new Authenticated(new UserInfo("ann", "u-1", List.of("dev"), Map.of()), Audiences.ANY)
        : new Rejected("invalid bearer token").by("bearer");
  }

  @Test
  void tellsWhoseATokenIs() {
    assertEquals(
        "{\"verdict\":\"accepted\",\"user\":{\"username\":\"ann\",\"uid\":\"u-1\","
            + "\"groups\":[\"dev\"]},\"findings\":["
            + "{\"authenticator\":\"x509\",\"said\":\"abstained\"},"
            + "{\"authenticator\":\"token-file\",\"said\":\"accepted\"}]}",
        post("good\n"));
  }

  @Test
  void tellsWhyATokenIsRefusedAndNotTheToken() {
    String answer = post("s3cr3t");
    assertTrue(
        answer.startsWith(
            "{\"verdict\":\"refused\",\"reasons\":[\"bearer: invalid bearer token\"]"),
        answer);
    assertFalse(answer.contains("s3cr3t"), answer);
  }

  @Test
  void judgesAChainOfCertificates() {
    Instant now = Instant.now();
    CertificateAuthority authority =
        CertificateAuthority.create("other", now.minusSeconds(60), now.plusSeconds(60));
    String answer = post(PemWriter.certificates(List.of(authority.certificate())));
    assertTrue(
        answer.contains(
            "{\"authenticator\":\"x509\",\"said\":\"refused\","
                + "\"reasons\":[\"client certificate: unknown authority\"]}"),
        answer);
  }

  @Test
  void refusesWhatIsNoCredential() {
    for (String body : List.of("", " \n", "two words", "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
      StatusException refusal = assertThrows(StatusException.class, () -> post(body));
      assertEquals(400, refusal.status().code());
    }
  }

  @Test
  void explainsTheCallersOwnCredentialBeforeItIsStripped() {
    Response answer =
        ask(FakeRequest.get("/debug/authenticate").header("Authorization", "Bearer good"), 200);
    assertTrue(body(answer).startsWith("{\"verdict\":\"accepted\""), body(answer));
  }

  @Test
  void saysNothingToWhomTheChainRefuses() {
    FakeRequest request =
        FakeRequest.get("/debug/authenticate").header("Authorization", "Bearer bad");
    assertEquals("refused by the chain", body(ask(request, 403)));
  }

  @Test
  void leavesOtherPathsAlone() {
    assertEquals("refused by the chain", body(ask(FakeRequest.get("/debug/authenticate/"), 200)));
  }

  private Response ask(FakeRequest request, int status) {
    Filter filter =
        new OwnCredentialFilter(ExplanationEndpoint.PATH, Audiences.ANY, endpoint::explain);
    return value(
        filter.apply(
            Contexts.unknown(request),
            context -> Answer.now(Responses.text(status, "refused by the chain"))));
  }

  private String post(String body) {
    return body(
        value(
            endpoint.answer(
                Contexts.by(
                    UserInfo.of("admin"),
                    FakeRequest.of("POST", "/debug/authenticate").body(body)))));
  }
}
