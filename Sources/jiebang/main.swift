import ArgumentParser
import Portal
print(hello())
