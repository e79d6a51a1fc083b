package dev.sallyport.audit.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.Annotation;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditedRequest;
import dev.sallyport.audit.Events;
import dev.sallyport.audit.Identities;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Level;
import dev.sallyport.audit.ObjectJson;
import dev.sallyport.audit.ObjectNames;
import dev.sallyport.audit.Outcome;
import dev.sallyport.audit.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JsonFormatTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static String text(AuditEvent event, boolean objects) {
    JsonBuffer out = new JsonBuffer();
    new JsonFormat().write(out, event, objects);
    return new String(out.copy(), StandardCharsets.UTF_8);
  }

  private static ObjectJson object(String text) {
    return new ObjectJson(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writesAnEventInTheOrderOfItsMembers() {
    assertEquals(
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
            + "\"auditID\":\"id-1\",\"stage\":\"ResponseComplete\","
            + "\"requestURI\":\"/api/v1/namespaces/a/configmaps\",\"verb\":\"list\","
            + "\"user\":{\"username\":\"ann\",\"groups\":[\"dev\",\"system:authenticated\"]},"
            + "\"sourceIPs\":[\"10.0.0.1\"],\"userAgent\":\"curl\","
            + "\"objectRef\":{\"resource\":\"configmaps\",\"namespace\":\"a\","
            + "\"apiVersion\":\"v1\"},\"responseStatus\":{\"metadata\":{},\"code\":200},"
            + "\"requestReceivedTimestamp\":\"2026-11-22T10:12:09.123456Z\","
            + "\"stageTimestamp\":\"2026-11-22T10:12:09.124456Z\","
            + "\"annotations\":{\"authorization.k8s.io/decision\":\"allow\","
            + "\"authorization.k8s.io/reason\":\"\"}}",
        text(Events.listed("id-1"), true));
  }

  @Test
  void writesRefusalsImpersonationAndNames() throws IOException {
    AuditEvent event =
        new AuditEvent(
            Events.request("id", "/x", ""),
            new Judgement(Level.METADATA, Set.of(), false),
            Stage.RESPONSE_COMPLETE,
            0,
            new Identities(
                new UserInfo("a", "u1", List.of(), Map.of("k", List.of("1", "2"))),
                UserInfo.of("b", "g"),
                "impersonate:user-info"),
            new ObjectNames("elsewhere", "x", "uid-1", "7"),
            new Outcome(
                422, Status.invalid("g", "K", "x", List.of(new StatusCause("R", "bad", "spec.a")))),
            null,
            null,
            List.of());
    JsonNode read = JSON.readTree(text(event, true));
    assertEquals(
        JSON.readTree("{\"username\":\"a\",\"uid\":\"u1\",\"extra\":{\"k\":[\"1\",\"2\"]}}"),
        read.get("user"));
    assertEquals("b", read.at("/impersonatedUser/username").asText());
    assertEquals(
        "impersonate:user-info",
        read.at("/authenticationMetadata/impersonationConstraint").asText());
    assertEquals(
        JSON.readTree(
            "{\"resource\":\"configmaps\",\"namespace\":\"a\",\"name\":\"x\",\"uid\":\"uid-1\","
                + "\"apiVersion\":\"v1\",\"resourceVersion\":\"7\"}"),
        read.get("objectRef"));
    assertEquals("Failure", read.at("/responseStatus/status").asText());
    assertEquals("spec.a", read.at("/responseStatus/details/causes/0/field").asText());
    assertEquals(422, read.at("/responseStatus/code").asInt());
    assertFalse(read.has("userAgent") || read.has("annotations"));
    assertEquals("1970-01-01T00:00:00.000000Z", read.get("stageTimestamp").asText());
  }

  @Test
  void nobodyIsAnEmptyUser() throws IOException {
    AuditEvent event =
        new AuditEvent(
            new AuditedRequest(
                "id", 0, "/", RequestInfo.ofPath("get", "/"), "", List.of("10.0.0.1")),
            new Judgement(Level.METADATA, Set.of(), false),
            Stage.RESPONSE_STARTED,
            0,
            Identities.UNKNOWN,
            ObjectNames.NONE,
            new Outcome(401, Status.unauthorized()),
            null,
            null,
            List.of());
    JsonNode read = JSON.readTree(text(event, true));
    assertEquals(JSON.readTree("{}"), read.get("user"));
    assertFalse(read.has("objectRef"));
  }

  @Test
  void case189WhateverAClientSendsIsOneValidLine() throws IOException {
    String evil =
        "a\r\n{\"kind\":\"Event\"}\u001b[2J\u0000\u007f\u0085\u2028\u2029\u202e\"\\<&>"
            + "\ud800x\udc00é日😀";
    AuditEvent event =
        new AuditEvent(
            Events.request(evil, "/x?" + evil, evil),
            new Judgement(Level.METADATA, Set.of(), false),
            Stage.RESPONSE_COMPLETE,
            0,
            new Identities(
                new UserInfo(evil, evil, List.of(evil), Map.of(evil, List.of(evil))), null, ""),
            new ObjectNames("", evil, "", ""),
            null,
            null,
            null,
            List.of(new Annotation(evil, evil)));
    String line = text(event, true);
    assertEquals(1, line.lines().count());
    for (char c : line.toCharArray()) {
      assertFalse(
          c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e),
          () -> "U+" + Integer.toHexString(c));
    }
    JsonNode read = JSON.readTree(line);
    String kept = evil.replace('\ud800', '\ufffd').replace("\udc00é", "\ufffdé");
    assertEquals(kept, read.at("/user/username").asText());
    assertEquals(kept, read.get("userAgent").asText());
    assertEquals(kept, read.get("auditID").asText());
    assertEquals("/x?" + kept, read.get("requestURI").asText());
    assertEquals("Event", read.get("kind").asText());
  }

  @Test
  void objectsLoseTheirManagedFieldsWhereverTheyStand() throws IOException {
    String list =
        "{\"kind\":\"List\",\"metadata\":{\"managedFields\":[1],\"resourceVersion\":\"1\"},"
            + "\"items\":[{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"x\":[1]}]},"
            + "\"spec\":{\"managedFields\":1}}],"
            + "\"rows\":[{\"object\":{\"metadata\":{\"managedFields\":[]}}}]}";
    AuditEvent event =
        new AuditEvent(
            Events.request("id", "/x", ""),
            new Judgement(Level.REQUEST_RESPONSE, Set.of(), true),
            Stage.RESPONSE_COMPLETE,
            0,
            Identities.UNKNOWN,
            ObjectNames.NONE,
            null,
            object("{\"metadata\":{\"managedFields\":[]}}"),
            object(list),
            List.of());
    JsonNode read = JSON.readTree(text(event, true));
    assertEquals(JSON.readTree("{\"metadata\":{}}"), read.get("requestObject"));
    assertEquals(
        JSON.readTree(
            "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"1\"},"
                + "\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":{\"managedFields\":1}}],"
                + "\"rows\":[{\"object\":{\"metadata\":{}}}]}"),
        read.get("responseObject"));
  }

  @Test
  void aLargeEventLosesItsObjectsAndSaysSo() throws IOException {
    AuditEvent event = Events.created("id", "{\"data\":\"" + "x".repeat(5000) + "\"}\n");
    JsonBuffer out = new JsonBuffer();
    assertTrue(new EventWriter(new JsonFormat(), 2000).write(out, event));
    JsonNode read = JSON.readTree(out.copy());
    assertFalse(read.has("requestObject"));
    assertEquals("true", read.at("/annotations/audit.k8s.io~1truncated").asText());

    out.clear();
    assertFalse(new EventWriter(new JsonFormat(), 100).write(out, event));
    assertEquals(0, out.length());

    assertTrue(new EventWriter(new JsonFormat(), EventWriter.UNLIMITED).write(out, event));
    String whole = new String(out.copy(), StandardCharsets.UTF_8);
    assertEquals(-1, whole.indexOf('\n'));
    assertEquals(5000, JSON.readTree(whole).at("/requestObject/data").asText().length());
  }

  @Test
  void legacyLinesReadAsOldToolsExpectThem() {
    JsonBuffer out = new JsonBuffer();
    new LegacyFormat().write(out, Events.listed("id\n1"), true);
    assertEquals(
        "2026-11-22T10:12:09.123456Z AUDIT: id=\"id\\n1\" stage=\"ResponseComplete\""
            + " ip=\"10.0.0.1\" method=\"list\" user=\"ann\""
            + " groups=\"\\\"dev\\\",\\\"system:authenticated\\\"\" as=\"<self>\""
            + " asgroups=\"<lookup>\" user-agent=\"curl\" namespace=\"a\""
            + " uri=\"/api/v1/namespaces/a/configmaps\" response=\"200\"",
        new String(out.copy(), StandardCharsets.UTF_8));
  }
}
