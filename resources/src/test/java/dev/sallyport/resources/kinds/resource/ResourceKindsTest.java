package dev.sallyport.resources.kinds.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceKindsTest {

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String claim(String devices) {
    return "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: c}, spec: {devices: "
        + devices
        + "}}";
  }

  @Test
  void claimAsksForOneDeviceUnlessItSaysMore() {
    ObjectNode made =
        kinds.create(
            claim(
                "{requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com, tolerations:"
                    + " [{key: k}]}}]}"));
    JsonNode request = made.path("spec").path("devices").path("requests").path(0).path("exactly");
    assertEquals("ExactCount", request.path("allocationMode").asText());
    assertEquals(1, request.path("count").asInt());
    assertEquals("Equal", request.path("tolerations").path(0).path("operator").asText());
    String path = "resource.k8s.io/v1/resourceclaims/c";
    assertTrue(
        kinds
            .refusedPatch(path, "{'spec':{'devices':{'requests':[]}}}")
            .endsWith(": field is immutable"));
    ObjectNode given =
        kinds.patch(
            path + "/status",
            "{'status':{'allocation':{},'reservedFor':[{'resource':'pods','name':'p','uid':'u'}]}}");
    assertEquals("p", given.path("status").path("reservedFor").path(0).path("name").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{requests: [{name: a}]} | requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required",
        "{requests: [{name: a, exactly: {}}]} | requests[0].exactly.deviceClassName: Required value",
        "{requests: [{name: a, exactly: {deviceClassName: c, allocationMode: Some}}]} | requests[0].exactly.allocationMode: Unsupported value: \"Some\": supported values: \"All\", \"ExactCount\"",
        "{requests: [{name: a, exactly: {deviceClassName: c, count: -1}}]} | requests[0].exactly.count: Invalid value: -1: must be greater than zero",
        "{constraints: [{requests: [b], matchAttribute: x.y/z}]} | constraints[0].requests[0]: Invalid value: \"b\": must be the name of a request in the claim",
      })
  void checksClaims(String devices, String fault) {
    assertEquals("spec.devices." + fault, kinds.refused(claim(devices)));
  }

  @Test
  void templateNeverChanges() {
    kinds.create(
        "{apiVersion: resource.k8s.io/v1, kind: ResourceClaimTemplate, metadata: {name: t}, spec:"
            + " {spec: {devices: {requests: [{name: a, exactly: {deviceClassName: c}}]}}}}");
    assertTrue(
        kinds
            .refusedPatch(
                "resource.k8s.io/v1/resourceclaimtemplates/t",
                "{'spec':{'metadata':{'labels':{'a':'b'}}}}")
            .endsWith(": field is immutable"));
  }

  @Test
  void sliceBelongsToOneDriverAndOnePlace() {
    String slice =
        "{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: s}, spec: {driver:"
            + " gpu.example.com, pool: {name: p, generation: 1, resourceSliceCount: 1}%s}}";
    assertTrue(
        kinds.refused(slice.formatted("")).startsWith("spec: Required value: exactly one of"));
    kinds.create(slice.formatted(", nodeName: n1"));
    assertEquals(
        "spec.driver: Invalid value: \"other\": field is immutable",
        kinds.refusedPatch("resource.k8s.io/v1/resourceslices/s", "{'spec':{'driver':'other'}}"));
  }

  @Test
  void classSelectsByExpressions() {
    String deviceClass =
        "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: d}, spec: {selectors:"
            + " [%s]}}";
    kinds.create(deviceClass.formatted("{cel: {expression: 'true'}}"));
    assertEquals(
        "spec.selectors[0].cel: Required value", kinds.refused(deviceClass.formatted("{}")));
  }
}
