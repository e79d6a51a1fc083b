package dev.sallyport.controllers.kubernetesservice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class KubernetesServiceTest {
  private static final ResourceId SERVICES = new ResourceId("", "services");
  private static final ResourceId ENDPOINTS = new ResourceId("", "endpoints");
  private static final ResourceId SLICES = new ResourceId("discovery.k8s.io", "endpointslices");

  private final FakeObjects objects = new FakeObjects();
  private final Later workers = new Later();

  private void start(String address, int port) throws UnknownHostException {
    ServiceObjects service =
        new ServiceObjects(InetAddress.getByName("10.0.0.1"), InetAddress.getByName(address), port);
    new KubernetesService(objects, service, workers, workers).start();
    settle();
  }

  private void settle() {
    for (int i = 0; i < 10; i++) {
      workers.runOnce();
    }
  }

  @Test
  void publishesServiceEndpointsAndSlice() throws UnknownHostException {
    start("192.0.2.7", 6443);
    ObjectNode service = objects.read(SERVICES, "default", "kubernetes");
    assertEquals("10.0.0.1", service.at("/spec/clusterIP").asText());
    assertEquals(443, service.at("/spec/ports/0/port").asInt());
    assertEquals(6443, service.at("/spec/ports/0/targetPort").asInt());
    assertEquals("apiserver", service.at("/metadata/labels/component").asText());
    ObjectNode endpoints = objects.read(ENDPOINTS, "default", "kubernetes");
    assertEquals("192.0.2.7", endpoints.at("/subsets/0/addresses/0/ip").asText());
    ObjectNode slice = objects.read(SLICES, "default", "kubernetes");
    assertEquals("IPv4", slice.at("/addressType").asText());
    assertEquals("192.0.2.7", slice.at("/endpoints/0/addresses/0").asText());
    assertEquals(6443, slice.at("/ports/0/port").asInt());
  }

  @Test
  void makesWhatIsDeletedAnewAndMendsWhatLeadsElsewhere() throws UnknownHostException {
    start("192.0.2.7", 6443);
    objects.delete(SLICES, "default", "kubernetes", "");
    ObjectNode astray = objects.read(ENDPOINTS, "default", "kubernetes").deepCopy();
    astray.putArray("subsets");
    objects.put(ENDPOINTS, "default", astray);
    settle();
    objects.read(SLICES, "default", "kubernetes");
    assertEquals(
        "192.0.2.7",
        objects.read(ENDPOINTS, "default", "kubernetes").at("/subsets/0/addresses/0/ip").asText());
  }

  @Test
  void anotherPortAfterARestartReachesAllThreeAndNothingElseIsTouched()
      throws UnknownHostException {
    start("192.0.2.7", 6443);
    ObjectNode service = objects.read(SERVICES, "default", "kubernetes").deepCopy();
    service.withObjectProperty("spec").put("sessionAffinity", "ClientIP");
    objects.put(SERVICES, "default", service);
    start("192.0.2.8", 7443);
    ObjectNode mended = objects.read(SERVICES, "default", "kubernetes");
    assertEquals(7443, mended.at("/spec/ports/0/targetPort").asInt());
    assertEquals("ClientIP", mended.at("/spec/sessionAffinity").asText());
  }

  @Test
  void writesNothingWhenAllIsThere() throws UnknownHostException {
    start("2001:db8::1", 6443);
    assertEquals("IPv6", objects.read(SLICES, "default", "kubernetes").at("/addressType").asText());
    int writes = objects.writes.size();
    start("2001:db8::1", 6443);
    assertEquals(Collections.nCopies(0, ""), objects.writes.subList(writes, objects.writes.size()));
  }
}
