package dev.sallyport.junit;

import java.util.ArrayList;
import java.util.List;

/** Prints how long starts in one JVM take, all servers staying; and how long they take to end. */
final class StartTimes {
  private StartTimes() {}

  public static void main(String[] args) throws Exception {
    List<Sallyport> servers = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      long begin = System.nanoTime();
      Sallyport server = Sallyport.start();
      print("start " + i, begin);
      servers.add(server);
      server.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: first}}");
      print("start " + i + " and a first object", begin);
    }
    for (Sallyport server : servers) {
      long begin = System.nanoTime();
      server.close();
      print("close", begin);
    }
  }

  private static void print(String what, long begin) {
    System.out.println(what + ": " + (System.nanoTime() - begin) / 1_000_000 + " ms");
  }
}
