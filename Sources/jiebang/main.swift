import ArgumentParser
import Portal

print("jiebang")
