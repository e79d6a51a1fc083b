package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a key to a user by a CertificateSigningRequest, as articles about Kubernetes type it. */
@Needs({"curl", "kubectl", "openssl"})
final class CertificateRequestIT {

  @TempDir static Path folder;
  private static SallyportProcess server;

  @BeforeAll
  static void start() {
    server = SallyportProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Tool.Result type(String script) {
    return Tool.bash(
        folder,
        Map.of("KUBECONFIG", server.adminKubeconfig().toString(), "HOME", folder.toString()),
        "set -e\n" + script);
  }

  /** A request named as its user, up to the approval. */
  private static void ask(String user, String key, String subject) {
    type("""
            user=%s
            openssl req -new -newkey %s -nodes -out $user.csr -keyout $user.key -subj "%s"
            encodedCSR=`cat $user.csr | base64 | tr -d "\\n"`
            cat << EOF > $user.yml
            apiVersion: certificates.k8s.io/v1
            kind: CertificateSigningRequest
            metadata:
              name: $user
            spec:
              groups:
              - system:authenticated
              request: $encodedCSR
              signerName: kubernetes.io/kube-apiserver-client
              expirationSeconds: 86400  # one day
              usages:
              - client auth
            EOF
            kubectl apply -f $user.yml
            """
            .formatted(user, key, subject))
        .expectSuccess();
  }

  private static void approveAndFetch(String user) throws Exception {
    type("kubectl certificate approve " + user).expectSuccess();
    Eventually.holds(
        "the certificate is there",
        () -> {
          type("kubectl get csr %1$s -o jsonpath='{.status.certificate}'| base64 -d > %1$s.crt"
                  .formatted(user))
              .expectSuccess();
          return Files.size(folder.resolve(user + ".crt")) > 0;
        });
  }

  private static Tool.Result curl(String user, String path) {
    return type("curl -sS --cert ./%1$s.crt --key ./%1$s.key --cacert ./sallyport-data/ca.crt %2$s"
            .formatted(user, server.url(path)))
        .expectSuccess();
  }

  @Test
  void theArticlesStoryEndsWithAUserWhoIsKnown() throws Exception {
    ask("myuser", "rsa:2048", "/C=IN/ST=KA/L=Bangalore/O=dev/OU=unit/CN=myuser");
    assertTrue(type("kubectl get csr").out().contains("Pending"));
    approveAndFetch("myuser");
    assertTrue(type("kubectl get csr myuser").out().contains("Approved,Issued"));
    assertEquals(
        type("openssl x509 -noout -modulus -in myuser.crt | openssl md5").out(),
        type("openssl rsa -noout -modulus -in myuser.key | openssl md5").out());
    assertEquals(
        "myuser.crt: OK\n",
        type("openssl verify -purpose sslclient -CAfile sallyport-data/ca.crt myuser.crt").out());
    String refused = curl("myuser", "/").out();
    assertTrue(
        refused.contains("forbidden: User \\\"myuser\\\" cannot get path \\\"/\\\""), refused);

    type("kubectl create role lists --verb=list --resource=configmaps").expectSuccess();
    type("kubectl create rolebinding devs --role=lists --group=dev").expectSuccess();
    String list = curl("myuser", "/api/v1/namespaces/default/configmaps").out();
    assertTrue(list.contains("ConfigMapList"), list);
  }

  @Test
  void aDeniedRequestGetsNoCertificate() {
    ask("refused", "rsa:2048", "/CN=refused");
    type("kubectl certificate deny refused").expectSuccess();
    assertTrue(type("kubectl get csr refused").out().contains("Denied"));
    assertTrue(type("kubectl certificate approve refused").err().contains("already Denied"));
  }

  @Test
  void whoMayApproveMustAlsoMayApproveForThatSigner() {
    ask("careful", "rsa:2048", "/CN=careful");
    type("""
            kubectl create clusterrole approver --verb=get,list,update \
              --resource=certificatesigningrequests,certificatesigningrequests/approval
            kubectl create clusterrolebinding approver --clusterrole=approver --user=eve
            """)
        .expectSuccess();
    String approve = "kubectl --as=eve certificate approve careful";
    assertTrue(
        type(approve)
            .err()
            .contains(
                "user not permitted to approve requests with signerName"
                    + " \"kubernetes.io/kube-apiserver-client\""));
    type("""
            kubectl apply -f - << EOF
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: signer-approver
            rules:
            - apiGroups: [certificates.k8s.io]
              resources: [signers]
              resourceNames: [kubernetes.io/kube-apiserver-client]
              verbs: [approve]
            EOF
            kubectl create clusterrolebinding signer-approver \
              --clusterrole=signer-approver --user=eve
            """)
        .expectSuccess();
    type(approve).expectSuccess();
  }
}
