"""The rules of the house, each as a test that fails when it is broken."""
