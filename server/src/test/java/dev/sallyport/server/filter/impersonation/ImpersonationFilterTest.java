package dev.sallyport.server.filter.impersonation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.response.ResponseWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImpersonationFilterTest {

  private static final UserInfo PLAIN = UserInfo.of("plain", "system:authenticated");

  private final Set<String> rights = new HashSet<>();
  private final List<String> questions = new ArrayList<>();
  private final ImpersonationFilter filter =
      new ImpersonationFilter(this::judge, new ResponseWriter(List.of()));
  private @Nullable RequestContext passed;

  /** Rights are written as verb, group, namespace, resource and name. */
  private Answer<AuthorizationResult> judge(Attributes asked) {
    RequestInfo request = asked.request();
    String question =
        String.join(
            " ",
            request.verb(),
            request.apiGroup() + "/" + request.namespace(),
            request.resourceRequest() ? request.combinedResource() : request.path(),
            request.name());
    questions.add(question.trim());
    return Answer.now(
        rights.contains("*") || rights.contains(question.trim())
            ? AuthorizationResult.allow("")
            : AuthorizationResult.NO_OPINION);
  }

  private Response send(UserInfo user, String... headers) {
    FakeRequest request = FakeRequest.get("/api/v1/pods");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    RequestInfo info = RequestInfo.ofResource("list", "", "v1", "", "pods", "", "");
    RequestContext context =
        RequestContext.of(request, "id")
            .resolved(info, Query.EMPTY)
            .authenticated(user, Credential.NONE, request);
    passed = null;
    questions.clear();
    Answer<Response> answer =
        filter.apply(
            context,
            next -> {
              passed = next;
              return Answer.now(new Response.Buffered(200, new ResponseHeaders(), List.of()));
            });
    return ((Answer.Now<Response>) answer).value();
  }

  private UserInfo actingUser() {
    return Objects.requireNonNull(passed, "not passed").user();
  }

  private static String body(Response response) {
    return new String(
        ((Response.Buffered) response).segments().get(0).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void passesRequestsThatDoNotAsk() {
    assertEquals(200, send(PLAIN, "Accept", "*/*").status());
    assertEquals("plain", actingUser().name());
    assertEquals(List.of(), questions);
  }

  @Test
  void completesGroups() {
    rights.add("*");
    send(PLAIN, "Impersonate-User", "zed");
    assertEquals(UserInfo.of("zed", "system:authenticated"), actingUser());
    assertEquals(PLAIN, Objects.requireNonNull(passed).impersonator());
    send(PLAIN, "Impersonate-User", "zed", "Impersonate-Group", "a", "impersonate-group", "b");
    assertEquals(List.of("a", "b", "system:authenticated"), actingUser().groups());
    send(PLAIN, "Impersonate-User", "system:serviceaccount:default:robot");
    assertEquals(
        List.of("system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"),
        actingUser().groups());
    send(PLAIN, "Impersonate-User", "system:node:n1");
    assertEquals(List.of("system:nodes", "system:authenticated"), actingUser().groups());
    send(PLAIN, "Impersonate-User", "system:anonymous");
    assertEquals(List.of("system:unauthenticated"), actingUser().groups());
  }

  @Test
  void readsUidAndExtra() {
    rights.add("*");
    send(
        PLAIN,
        "Impersonate-User",
        "zed",
        "Impersonate-Uid",
        "9",
        "Impersonate-Extra-Scopes",
        "x",
        "Impersonate-Extra-Acme.com%2fp",
        "y");
    assertEquals("9", actingUser().uid());
    assertEquals(Map.of("scopes", List.of("x"), "acme.com/p", List.of("y")), actingUser().extra());
  }

  @Test
  void case125EveryFieldIsCheckedByItself() {
    rights.add("impersonate / users ann");
    assertEquals(200, send(PLAIN, "Impersonate-User", "ann").status());
    assertEquals(403, send(PLAIN, "Impersonate-User", "bob").status());
    assertEquals(403, send(PLAIN, "Impersonate-User", "ann", "Impersonate-Group", "g1").status());
    rights.add("impersonate / groups g1");
    assertEquals(200, send(PLAIN, "Impersonate-User", "ann", "Impersonate-Group", "g1").status());
    assertEquals(
        403,
        send(
                PLAIN,
                "Impersonate-User",
                "ann",
                "Impersonate-Group",
                "g1",
                "Impersonate-Group",
                "system:masters")
            .status());
    assertEquals(403, send(PLAIN, "Impersonate-User", "ann", "Impersonate-Uid", "1").status());
    rights.add("impersonate authentication.k8s.io/ uids 1");
    assertEquals(200, send(PLAIN, "Impersonate-User", "ann", "Impersonate-Uid", "1").status());
    rights.add("impersonate authentication.k8s.io/ userextras/scopes a");
    assertEquals(
        200, send(PLAIN, "Impersonate-User", "ann", "Impersonate-Extra-Scopes", "a").status());
    assertEquals(
        403,
        send(
                PLAIN,
                "Impersonate-User",
                "ann",
                "Impersonate-Extra-Scopes",
                "a",
                "Impersonate-Extra-Scopes",
                "b")
            .status());
  }

  @Test
  void case126ServiceAccountsAreNoUsers() {
    rights.add("impersonate / users system:serviceaccount:ns:n");
    assertEquals(403, send(PLAIN, "Impersonate-User", "system:serviceaccount:ns:n").status());
    rights.add("impersonate /ns serviceaccounts n");
    assertEquals(200, send(PLAIN, "Impersonate-User", "system:serviceaccount:ns:n").status());
  }

  @Test
  void refusesInTheWordsOfTheFirstModeUnlessOneHasWorked() {
    String fresh = body(send(PLAIN, "Impersonate-User", "bob"));
    assertTrue(
        fresh.contains(
            "pods is forbidden: User \\\"plain\\\" cannot impersonate-on:user-info:list resource"
                + " \\\"pods\\\" in API group \\\"\\\" at the cluster scope"),
        fresh);
    rights.add("impersonate / users ann");
    send(PLAIN, "Impersonate-User", "ann");
    String known = body(send(PLAIN, "Impersonate-User", "bob"));
    assertTrue(
        known.contains(
            "users \\\"bob\\\" is forbidden: User \\\"plain\\\" cannot impersonate resource"
                + " \\\"users\\\" in API group \\\"\\\" at the cluster scope"),
        known);
    assertEquals("impersonate / users bob", questions.get(0));
  }

  @Test
  void constrainedImpersonationNeedsBothRights() {
    rights.add("impersonate:user-info authentication.k8s.io/ users ann");
    assertEquals(403, send(PLAIN, "Impersonate-User", "ann").status());
    rights.add("impersonate-on:user-info:list / pods");
    assertEquals(200, send(PLAIN, "Impersonate-User", "ann").status());
    assertEquals(403, send(PLAIN, "Impersonate-User", "bob").status());
  }

  @Test
  void constrainedImpersonationNeverMakesMasters() {
    rights.add("impersonate-on:user-info:list / pods");
    rights.add("impersonate:user-info authentication.k8s.io/ users ann");
    rights.add("impersonate:user-info authentication.k8s.io/ groups system:masters");
    assertEquals(
        403,
        send(PLAIN, "Impersonate-User", "ann", "Impersonate-Group", "system:masters").status());
  }

  @Test
  void aRightToAllGroupsSparesTheSingleOnes() {
    rights.add("impersonate-on:user-info:list / pods");
    rights.add("impersonate:user-info authentication.k8s.io/ users ann");
    rights.add("impersonate:user-info authentication.k8s.io/ groups *");
    String[] headers = {
      "Impersonate-User",
      "ann",
      "Impersonate-Group",
      "a",
      "Impersonate-Group",
      "b",
      "Impersonate-Group",
      "c",
      "Impersonate-Group",
      "d"
    };
    assertEquals(200, send(PLAIN, headers).status());
    assertEquals(3, questions.size());
  }

  @Test
  void aServiceAccountMayActAsItsOwnNodeOnly() {
    UserInfo agent =
        new UserInfo(
            "system:serviceaccount:ns:agent",
            "",
            List.of(),
            Map.of("authentication.kubernetes.io/node-name", List.of("n1")));
    rights.add("impersonate-on:associated-node:list / pods");
    rights.add("impersonate:associated-node authentication.k8s.io/ nodes *");
    assertEquals(200, send(agent, "Impersonate-User", "system:node:n1").status());
    assertEquals(List.of("system:nodes", "system:authenticated"), actingUser().groups());
    assertEquals(403, send(agent, "Impersonate-User", "system:node:n2").status());
    assertEquals(403, send(PLAIN, "Impersonate-User", "system:node:n1").status());
  }

  @Test
  void case124GroupsUidOrExtraWithoutANameAreABadRequest() {
    Response group = send(PLAIN, "Impersonate-Group", "a");
    assertEquals(400, group.status());
    List<String> names = new ArrayList<>();
    group.headers().forEach((name, value) -> names.add(name + "=" + value));
    assertTrue(names.contains("x-content-type-options=nosniff"), names::toString);
    assertTrue(
        body(group)
            .contains(
                "user.DefaultInfo{Name:\\\"\\\", UID:\\\"\\\","
                    + " Groups:[]string{\\\"a\\\"}, Extra:map[string][]string(nil)} without"
                    + " impersonating a user name"),
        body(group));
    Response extra = send(PLAIN, "Impersonate-Extra-x", "a", "Impersonate-User", "");
    assertEquals(400, extra.status());
    assertTrue(
        body(extra).contains("Extra:map[string][]string{\\\"x\\\":[]string{\\\"a\\\"}}} without"),
        body(extra));
    assertEquals(400, send(PLAIN, "Impersonate-Uid", "1").status());
  }

  @Test
  void anEmptyNameAloneAsksForNothing() {
    assertEquals(200, send(PLAIN, "Impersonate-User", "").status());
    assertEquals("plain", actingUser().name());
  }

  @Test
  void case128OfTwoNamesTheFirstIsCheckedAndUsed() {
    rights.add("impersonate / users ann");
    assertEquals(200, send(PLAIN, "Impersonate-User", "ann", "Impersonate-User", "root").status());
    assertEquals("ann", actingUser().name());
    assertEquals(403, send(PLAIN, "Impersonate-User", "root", "Impersonate-User", "ann").status());
  }

  @Test
  void case128NothingBehindSeesTheHeaders() {
    rights.add("*");
    send(
        PLAIN,
        "Impersonate-User",
        "ann",
        "Impersonate_Group",
        "g",
        "IMPERSONATE-EXTRA-X",
        "y",
        "Accept",
        "a/b");
    var headers = Objects.requireNonNull(passed).request().headers();
    List<String> seen = new ArrayList<>();
    headers.forEach((name, value) -> seen.add(name));
    assertEquals(List.of("Accept"), seen);
    assertNull(headers.first("impersonate-user"));
    send(PLAIN, "Impersonate_User", "root");
    assertEquals("plain", actingUser().name());
    assertNull(Objects.requireNonNull(passed).request().headers().first("Impersonate_User"));
  }
}
