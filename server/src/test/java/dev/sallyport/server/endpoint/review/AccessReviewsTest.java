package dev.sallyport.server.endpoint.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.Selectors;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.RuleResolver.ResolvedRules;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AccessReviewsTest {

  private static final String GROUP = "authorization.k8s.io";
  private static final UserInfo PLAIN = UserInfo.of("plain", "system:authenticated");

  private final List<Attributes> questions = new ArrayList<>();
  private AuthorizationResult verdict = AuthorizationResult.allow("because");
  private final AccessReviews reviews =
      new AccessReviews(
          question -> {
            questions.add(question);
            return Answer.now(verdict);
          });

  private static String post(Review review, String plural, String namespace, String body) {
    ResourceDefinition resource =
        Objects.requireNonNull(new BuiltInCatalogue().find(GROUP, "v1", plural));
    ReviewEndpoint endpoint =
        new ReviewEndpoint(
            resource,
            new BuiltInCodec(new BuiltInSchemas()),
            new ResponseWriter(List.of()),
            review);
    FakeRequest request = FakeRequest.of("POST", "/").body(body.replace('\'', '"'));
    RequestInfo info = RequestInfo.ofResource("create", GROUP, "v1", namespace, plural, "", "");
    RequestContext context =
        RequestContext.of(request, "id")
            .resolved(info, Query.EMPTY)
            .authenticated(PLAIN, Credential.NONE, request);
    Response response = ((Answer.Now<Response>) endpoint.answer(context)).value();
    assertEquals(201, response.status());
    return new String(
        ((Response.Buffered) response).segments().get(0).bytes(), StandardCharsets.UTF_8);
  }

  private String subject(String body) {
    return post(reviews::subject, "subjectaccessreviews", "", body);
  }

  private static String refusal(Executable call) {
    var status = assertThrows(StatusException.class, call).status();
    return status.code() + " " + status.message();
  }

  private static void assertJson(String expected, String actual) {
    assertEquals(expected.replace('\'', '"').replace("\n", "").replaceAll(" {2,}", ""), actual);
  }

  @Test
  void answersAboutASubject() {
    assertJson(
        """
        {'kind':'SubjectAccessReview','apiVersion':'authorization.k8s.io/v1','metadata':{},
        'spec':{'resourceAttributes':{'namespace':'default','verb':'list','resource':'pods'},
        'user':'x','groups':['dev']},'status':{'allowed':true,'reason':'because'}}
        """,
        subject(
            """
            {'apiVersion': 'authorization.k8s.io/v1', 'kind': 'SubjectAccessReview', 'spec':
             {'user': 'x', 'groups': ['dev'], 'resourceAttributes':
              {'verb': 'list', 'resource': 'pods', 'namespace': 'default'}}}
            """));
    assertEquals(
        new Attributes(
            UserInfo.of("x", "dev"),
            RequestInfo.ofResource("list", "", "*", "default", "pods", "", "")),
        questions.get(0));
  }

  @Test
  void passesOnUidExtraVersionAndPaths() {
    subject(
        "{'spec':{'user':'x','uid':'u','extra':{'k':['a','b']},'resourceAttributes':{'verb':'get',"
            + "'group':'apps','version':'v1','resource':'deployments','subresource':'scale',"
            + "'name':'n'}}}");
    assertEquals(
        new Attributes(
            new UserInfo("x", "u", List.of(), Map.of("k", List.of("a", "b"))),
            RequestInfo.ofResource("get", "apps", "v1", "", "deployments", "scale", "n")),
        questions.get(0));
    subject("{'spec':{'groups':['g'],'nonResourceAttributes':{'path':'/version','verb':'get'}}}");
    assertEquals(RequestInfo.ofPath("get", "/version"), questions.get(1).request());
  }

  @Test
  void tellsDenialsReasonsAndErrors() {
    verdict = new AuthorizationResult(Decision.NO_OPINION, "", "broken");
    String unsure = subject("{'spec':{'user':'x','resourceAttributes':{'verb':'get'}}}");
    assertEquals(
        "\"status\":{\"allowed\":false,\"evaluationError\":\"broken\"}}",
        unsure.substring(unsure.indexOf("\"status\"")));
    verdict = AuthorizationResult.deny("no");
    String denied = subject("{'spec':{'user':'x','resourceAttributes':{'verb':'get'}}}");
    assertEquals(
        "\"status\":{\"allowed\":false,\"denied\":true,\"reason\":\"no\"}}",
        denied.substring(denied.indexOf("\"status\"")));
  }

  @Test
  void whatTheClientSaysOfTheStatusIsDropped() {
    verdict = AuthorizationResult.NO_OPINION;
    String answer =
        subject(
            "{'spec':{'user':'x','resourceAttributes':{'verb':'get'}},'status':{'allowed':true,"
                + "'reason':'mine'}}");
    assertEquals("\"status\":{\"allowed\":false}}", answer.substring(answer.indexOf("\"status\"")));
  }

  @Test
  void wantsOneQuestionAndASubject() {
    assertEquals(
        "422 .authorization.k8s.io \"\" is invalid: spec.nonResourceAttributes: Invalid value:"
            + " {\"Path\":\"/\",\"Verb\":\"get\"}: cannot be specified in combination with"
            + " resourceAttributes",
        refusal(
            () ->
                subject(
                    "{'spec':{'user':'x','resourceAttributes':{'verb':'get'},"
                        + "'nonResourceAttributes':{'path':'/','verb':'get'}}}")));
    assertEquals(
        "422 .authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: null:"
            + " exactly one of nonResourceAttributes or resourceAttributes must be specified",
        refusal(() -> subject("{'spec':{'user':'x'}}")));
    assertEquals(
        "422 .authorization.k8s.io \"\" is invalid: spec.user: Invalid value: \"\": at least one"
            + " of user or group must be specified",
        refusal(() -> subject("{'spec':{'resourceAttributes':{'verb':'get'}}}")));
  }

  @Test
  void refusesMetadataAndHalfSelectors() {
    assertEquals(
        "422 .authorization.k8s.io \"\" is invalid: metadata: Invalid value: {\"name\":\"n\"}: must"
            + " be empty",
        refusal(
            () ->
                subject(
                    "{'metadata':{'name':'n'},'spec':{'user':'x','resourceAttributes':"
                        + "{'verb':'get'}}}")));
    assertEquals(
        "422 .authorization.k8s.io \"\" is invalid:"
            + " spec.resourceAttributes.fieldSelector.requirements[0].values: Required value: must"
            + " be specified when `operator` is 'In' or 'NotIn'",
        refusal(
            () ->
                subject(
                    "{'spec':{'user':'x','resourceAttributes':{'verb':'list','fieldSelector':"
                        + "{'requirements':[{'key':'a','operator':'In'}]}}}}")));
  }

  @Test
  void passesOnSelectors() {
    subject(
        "{'spec':{'user':'x','resourceAttributes':{'verb':'list','resource':'pods','fieldSelector':"
            + "{'rawSelector':'spec.nodeName=n1'},'labelSelector':{'requirements':[{'key':'a',"
            + "'operator':'NotIn','values':['c','b']},{'key':'d','operator':'Exists'}]}}}}");
    assertEquals(
        new Selectors(
            List.of(new SelectorRequirement("spec.nodeName", "In", List.of("n1"))),
            List.of(
                new SelectorRequirement("a", "NotIn", List.of("b", "c")),
                new SelectorRequirement("d", "Exists", List.of()))),
        questions.get(0).request().selectors());
  }

  @Test
  void whatOfASelectorIsNotUnderstoodIsLeftOutAndTold() {
    String answer =
        subject(
            "{'spec':{'user':'x','resourceAttributes':{'verb':'list','resource':'pods',"
                + "'fieldSelector':{'requirements':[{'key':'a','operator':'In','values':['1','2']},"
                + "{'key':'b','operator':'In','values':['3']}]},'labelSelector':{'rawSelector':"
                + "'(('}}}}");
    assertTrue(
        answer.contains(
            "\"evaluationError\":\"spec.resourceAttributes.fieldSelector partially ignored due to"
                + " parse error; spec.resourceAttributes.labelSelector ignored due to parse error\""),
        answer);
    assertEquals(
        new Selectors(List.of(new SelectorRequirement("b", "In", List.of("3"))), List.of()),
        questions.get(0).request().selectors());
  }

  @Test
  void selfReviewsAskAboutTheCaller() {
    post(
        reviews::self,
        "selfsubjectaccessreviews",
        "",
        "{'spec':{'resourceAttributes':{'verb':'get','resource':'pods'}}}");
    assertEquals(PLAIN, questions.get(0).user());
  }

  @Test
  void localReviewsStayInTheirNamespace() {
    String answer =
        post(
            reviews::local,
            "localsubjectaccessreviews",
            "default",
            "{'spec':{'user':'x','resourceAttributes':{'verb':'get','namespace':'default'}}}");
    assertEquals(true, answer.contains("\"metadata\":{\"namespace\":\"default\"}"), answer);
    assertEquals(
        "422 .authorization.k8s.io \"\" is invalid: spec.resourceAttributes.namespace: Invalid"
            + " value: \"other\": must match metadata.namespace",
        refusal(
            () ->
                post(
                    reviews::local,
                    "localsubjectaccessreviews",
                    "default",
                    "{'metadata':{'namespace':'default'},'spec':{'user':'x',"
                        + "'resourceAttributes':{'verb':'get','namespace':'other'}}}")));
    assertEquals(
        "400 the namespace of the provided object does not match the namespace sent on the"
            + " request",
        refusal(
            () ->
                post(
                    reviews::local,
                    "localsubjectaccessreviews",
                    "default",
                    "{'metadata':{'namespace':'other'},'spec':{}}")));
  }

  @Test
  void listsRules() {
    RulesReview review =
        new RulesReview(
            (user, namespace) ->
                new ResolvedRules(
                    List.of(
                        new PolicyRule(
                            List.of("get"), List.of(""), List.of("pods"), List.of("x"), List.of()),
                        new PolicyRule(
                            List.of("get"), List.of(), List.of(), List.of(), List.of("/x"))),
                    false,
                    List.of("one", "two")));
    assertJson(
        """
        {'kind':'SelfSubjectRulesReview','apiVersion':'authorization.k8s.io/v1','metadata':{},
        'spec':{},'status':{'resourceRules':[{'verbs':['get'],'apiGroups':[''],
        'resources':['pods'],'resourceNames':['x']}],
        'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/x']}],'incomplete':false,
        'evaluationError':'[one, two]'}}
        """,
        post(review, "selfsubjectrulesreviews", "", "{'spec':{'namespace':'default'}}"));
    assertEquals(
        "400 no namespace on request",
        refusal(() -> post(review, "selfsubjectrulesreviews", "", "{'spec':{}}")));
  }
}
