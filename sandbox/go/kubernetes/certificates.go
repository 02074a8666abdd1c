package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"flag"
	"fmt"
	"log"
	"math/big"
	"os"
	"os/signal"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"

	networking "k8s.io/api/networking/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const lifetime = 800 * 24 * time.Hour

// certificates watches every Ingress and gives each of its hosts a certificate from the sandbox's CA, in a folder that
// Traefik's file provider reads. A wildcard for *.localhost would be simpler, but no client takes one that lies directly
// below a top-level name: OpenSSL, Chromium and Node.js all refuse it.
func certificates(args []string) error {
	flags := flag.NewFlagSet("certificates", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "kubeconfig with the right to watch Ingresses")
	caCert := flags.String("ca-cert", "", "certificate of the CA, PEM")
	caKey := flags.String("ca-key", "", "key of the CA, PEM")
	folder := flags.String("folder", "", "folder that Traefik watches")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ca, err := tls.LoadX509KeyPair(*caCert, *caKey)
	if err != nil {
		return fmt.Errorf("CA: %w", err)
	}
	issuer, err := x509.ParseCertificate(ca.Certificate[0])
	if err != nil {
		return fmt.Errorf("CA: %w", err)
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(*folder, 0o700); err != nil {
		return err
	}
	store := &certificateStore{folder: *folder, ca: ca, issuer: issuer}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	factory := informers.NewSharedInformerFactory(client, 0)
	informer := factory.Networking().V1().Ingresses().Informer()
	changed := make(chan struct{}, 1)
	notify := func() {
		select {
		case changed <- struct{}{}:
		default: // a look at the newest state is due anyway
		}
	}
	if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { notify() },
		UpdateFunc: func(any, any) { notify() },
		DeleteFunc: func(any) { notify() },
	}); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		return nil // stopped before the first list
	}
	notify()
	daily := time.NewTicker(24 * time.Hour) // renewal
	defer daily.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-daily.C:
		case <-changed:
		}
		if err := store.write(hostsOf(informer.GetStore().List())); err != nil {
			log.Printf("certificates: %v", err)
			time.AfterFunc(5*time.Second, notify)
		}
	}
}

func hostsOf(objects []any) []string {
	seen := map[string]bool{}
	for _, object := range objects {
		ingress, ok := object.(*networking.Ingress)
		if !ok {
			continue
		}
		for _, rule := range ingress.Spec.Rules {
			if rule.Host != "" && !strings.ContainsAny(rule.Host, "*/") {
				seen[rule.Host] = true
			}
		}
	}
	hosts := make([]string, 0, len(seen))
	for host := range seen {
		hosts = append(hosts, host)
	}
	sort.Strings(hosts)
	return hosts
}

type certificateStore struct {
	folder string
	ca     tls.Certificate
	issuer *x509.Certificate
	last   string
}

type certificateFiles struct {
	CertFile string `json:"certFile"`
	KeyFile  string `json:"keyFile"`
}

func (s *certificateStore) write(hosts []string) error {
	files := make([]certificateFiles, 0, len(hosts))
	for _, host := range hosts {
		pair := certificateFiles{CertFile: filepath.Join(s.folder, host+".crt"), KeyFile: filepath.Join(s.folder, host+".key")}
		if err := s.ensure(host, pair); err != nil {
			return fmt.Errorf("%s: %w", host, err)
		}
		files = append(files, pair)
	}
	// JSON is YAML; Traefik's file provider goes by the ending
	text, err := json.MarshalIndent(map[string]any{"tls": map[string]any{"certificates": files}}, "", "  ")
	if err != nil {
		return err
	}
	if string(text) == s.last {
		return nil
	}
	if err := replaceFile(filepath.Join(s.folder, "ingresses.yaml"), text); err != nil {
		return err
	}
	s.last = string(text)
	log.Printf("certificates for %s", strings.Join(hosts, ", "))
	return nil
}

// ensure makes a host's certificate unless a good one of this CA is there.
func (s *certificateStore) ensure(host string, pair certificateFiles) error {
	if known, err := tls.LoadX509KeyPair(pair.CertFile, pair.KeyFile); err == nil && known.Leaf != nil {
		good := known.Leaf.CheckSignatureFrom(s.issuer) == nil && known.Leaf.VerifyHostname(host) == nil
		if good && time.Until(known.Leaf.NotAfter) > 30*24*time.Hour {
			return nil
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: "sandbox ingress"},
		DNSNames:              []string{host},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(lifetime),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, s.issuer, key.Public(), s.ca.PrivateKey)
	if err != nil {
		return err
	}
	keyDer, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := replaceFile(pair.KeyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDer})); err != nil {
		return err
	}
	return replaceFile(pair.CertFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func replaceFile(path string, content []byte) error {
	work := path + ".new"
	if err := os.WriteFile(work, content, 0o600); err != nil {
		return err
	}
	return os.Rename(work, path)
}
