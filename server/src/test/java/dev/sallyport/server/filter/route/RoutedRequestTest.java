package dev.sallyport.server.filter.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestView;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutedRequestTest {

  private final Origin told =
      new Origin(InetSocketAddress.createUnresolved("client", 0), List.of(), true);
  private final Request sent =
      new RequestView(FakeRequest.get("/shop/cart")) {
        @Override
        public Origin origin() {
          return told;
        }
      };

  @Test
  void losesItsPrefixAndNotWhereItComesFrom() {
    Request routed = new RoutedRequest(sent, "/shop".length());
    assertEquals("/cart", routed.path());
    assertSame(told, routed.origin());
  }
}
